import type { WorkspacePackage } from '../model/workspace.js';
import type { LookUp } from '../rules/look-up.js';
import type { WorkspaceView } from '../workspace-view.js';
import { WorkspaceExplanationLookUp } from './explanation-look-up.js';
import { WorkspaceFixLookUp } from './fix-look-up.js';
import { WorkspacePackageLookUp } from './package-look-up.js';

/** Answers the rules' questions from the workspace. */
export class WorkspaceLookUp implements LookUp {
  readonly packages: WorkspacePackageLookUp;
  readonly explain: WorkspaceExplanationLookUp;
  readonly fixes: WorkspaceFixLookUp;
  readonly #view: WorkspaceView;

  constructor(view: WorkspaceView) {
    this.#view = view;
    this.packages = new WorkspacePackageLookUp(view);
    this.explain = new WorkspaceExplanationLookUp(view);
    this.fixes = new WorkspaceFixLookUp(view);
  }

  packageOf(project: string): WorkspacePackage | undefined {
    return this.#view.run.packageOf(project);
  }
}
