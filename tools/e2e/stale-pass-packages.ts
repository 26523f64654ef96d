/** By name, what a package imports from which. */
export const PACKAGES: Readonly<
  Record<string, { readonly dependencies: readonly string[]; readonly source: string }>
> = {
  core: { dependencies: [], source: `export const id = 1;\nexport const tag = 2;\n` },
  api: { dependencies: ['core'], source: `export * from '@acme/core';\n` },
  web: { dependencies: ['api'], source: `import { id } from '@acme/api';\nexport const web = id;\n` },
};

export const BUILD_TARGET = `{"command":"node build.mjs {projectRoot}","outputs":["{projectRoot}/dist"],"cache":true,"dependsOn":["^build"]}`;

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
