import type { FixIdea } from '../../model/fix-idea.js';
import type { ImagePackageGap } from '../../model/shipping.js';
import { folderOf } from '../../read/file-path.js';
import type { Description, LookUp } from '../define-rule.js';

type Kind = ImagePackageGap['kind'];

const CAUSE: Record<Kind, (gap: ImagePackageGap) => string> = {
  'not-copied': ({ installed, dockerfile }) =>
    `it is installed in ${modulesOf(installed)}, but no line of ${dockerfile} copies that folder or installs packages there`,
  ignored: ({ installed, text, place }) =>
    `"${text}" in ${place.file} excludes ${modulesOf(installed)} from the build context, and no command installs packages there`,
  dangling: ({ installed }) =>
    `${installed} is a link, and the folder that it points to is not at the same relative path in the image`,
  development: ({ text, manifest }) =>
    `"${text}" leaves out development dependencies${manifest ? `, and ${manifest.file} lists the package only in devDependencies` : ''}`,
  deploy: ({ text, manifest, listed }) =>
    `"${text}" installs only the dependencies of ${manifest!.file}, which ${listed ? 'lists the package in devDependencies' : 'does not list the package'}`,
};

/** The words for a package from outside the workspace that an image lacks. */
export function describePackageGap(gap: ImagePackageGap, lookUp: LookUp): Description {
  const { importers, name, dockerfile, manifest, kind } = gap;
  const [first] = importers;
  const fix = FIX[kind](gap, lookUp);
  return {
    message: `"${first.specifier}" is imported in built output, but the image of ${dockerfile} does not contain the package "${name}": ${CAUSE[kind](gap)}.`,
    evidence: [
      { role: 'needed', text: `"${first.specifier}"`, place: first.place },
      ...(manifest && kind === 'deploy' && gap.listed !== true
        ? [{ role: 'manifest' as const, text: '', place: { file: manifest.file, start: 0, end: 0 } }]
        : manifest
          ? [{ role: 'manifest' as const, text: '', place: lookUp.explain.declarationIn(manifest, name) }]
          : []),
    ],
    ...(fix && { fix }),
  };
}

const FIX: Record<Kind, (gap: ImagePackageGap, lookUp: LookUp) => FixIdea | undefined> = {
  'not-copied': ({ installed, dockerfile }) => ({
    title: `make ${dockerfile} copy ${modulesOf(installed)}, or install packages in the image`,
    edits: [],
  }),
  ignored: ({ dockerfile }) => ({ title: `install packages in the image of ${dockerfile}`, edits: [] }),
  dangling: ({ installed, dockerfile }) => ({
    title: `make ${dockerfile} copy the folders of the workspace to the same relative paths, so that the link ${installed} works`,
    edits: [],
  }),
  development: declare,
  deploy: declare,
};

function declare({ owner, name }: ImagePackageGap, lookUp: LookUp): FixIdea | undefined {
  return lookUp.fixes.external(owner.project, name, { developmentOnly: false, optional: false });
}

/** The `node_modules` folder of an installed package. */
function modulesOf(installed: string): string {
  const folder = folderOf(installed) ?? '.';
  return folder.endsWith('node_modules') ? folder : (folderOf(folder) ?? '.');
}
