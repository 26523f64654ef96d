import type { Tree } from '@nx/devkit';

/**
 * Writes a run configuration for JetBrains IDEs. Their console makes links from the places in the
 * output, because these have the format `path:line:column`.
 */
export function writeJetbrainsFiles(tree: Tree, targetName: string): void {
  const file = `.run/${targetName.replaceAll(/[^\w.-]/g, '-')}.run.xml`;
  if (tree.exists(file)) return;
  const command = `npx nx run-many -t ${targetName} --outputStyle=static`;
  tree.write(
    file,
    `<component name="ProjectRunConfigurationManager">
  <configuration default="false" name="${escaped(targetName)}" type="ShConfigurationType">
    <option name="SCRIPT_TEXT" value="${escaped(command)}" />
    <option name="INDEPENDENT_SCRIPT_PATH" value="true" />
    <option name="SCRIPT_PATH" value="" />
    <option name="SCRIPT_OPTIONS" value="" />
    <option name="INDEPENDENT_SCRIPT_WORKING_DIRECTORY" value="true" />
    <option name="SCRIPT_WORKING_DIRECTORY" value="$PROJECT_DIR$" />
    <option name="INDEPENDENT_INTERPRETER_PATH" value="true" />
    <option name="INTERPRETER_PATH" value="" />
    <option name="INTERPRETER_OPTIONS" value="" />
    <option name="EXECUTE_IN_TERMINAL" value="false" />
    <option name="EXECUTE_SCRIPT_FILE" value="false" />
    <envs>
      <env name="NX_TUI" value="false" />
    </envs>
    <method v="2" />
  </configuration>
</component>
`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
