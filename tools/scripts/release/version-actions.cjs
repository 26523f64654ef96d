// How `nx release` reads and writes versions here. @nx/js has the usual implementation, but is not published for Nx 24 yet.
// Delete this file when it is, and `versionActions` in nx.json with it.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { VersionActions } = require('nx/release');

class PackageJsonVersions extends VersionActions {
  validManifestFilenames = ['package.json'];

  async readCurrentVersionFromSourceManifest(tree) {
    const [{ manifestPath }] = this.manifestsToUpdate;
    return { manifestPath, currentVersion: readJson(tree, manifestPath).version };
  }

  /** @returns {Promise<never>} */
  async readCurrentVersionFromRegistry() {
    throw new Error('Versions come from git tags, or from package.json for the first release.');
  }

  async readCurrentVersionOfDependency(tree, projectGraph, dependency) {
    const { metadata } = projectGraph.nodes[dependency].data;
    const { dependencies = {} } = readJson(tree, this.manifestsToUpdate[0].manifestPath);
    const currentVersion = dependencies[metadata.js.packageName] ?? null;
    return { currentVersion, dependencyCollection: currentVersion === null ? null : 'dependencies' };
  }

  async updateProjectVersion(tree, version) {
    return this.manifestsToUpdate.map(({ manifestPath }) => {
      writeJson(tree, manifestPath, { ...readJson(tree, manifestPath), version });
      return `New version ${version} written to ${manifestPath}`;
    });
  }

  async updateProjectDependencies(tree, projectGraph, versions) {
    return this.manifestsToUpdate.flatMap(({ manifestPath }) => {
      const manifest = readJson(tree, manifestPath);
      const names = Object.entries(versions).map(([project, version]) => {
        const { packageName } = projectGraph.nodes[project].data.metadata.js;
        manifest.dependencies[packageName] = version;
        return packageName;
      });
      if (names.length > 0) writeJson(tree, manifestPath, manifest);
      return names.map((name) => `Dependency ${name} updated in ${manifestPath}`);
    });
  }
}

/** The lock file names the versions of the workspace's own packages, too. */
async function afterAllProjectsVersioned(root, { dryRun }) {
  if (!dryRun) {
    const options = ['install', '--package-lock-only', '--ignore-scripts'];
    execFileSync('npm', options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  }
  return { changedFiles: [join(root, 'package-lock.json')], deletedFiles: [] };
}

function readJson(tree, file) {
  return JSON.parse(tree.read(file, 'utf-8'));
}

function writeJson(tree, file, value) {
  tree.write(file, `${JSON.stringify(value, null, 2)}\n`);
}

module.exports = { default: PackageJsonVersions, afterAllProjectsVersioned };
