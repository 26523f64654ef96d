import type { Report } from '../model/report.js';
import { unparsedModule } from '../rules/unparsed-module/rule.js';

/** Whether a module does not parse, for example because a build is still writing it. */
export function hasUnparsedModule({ findings }: Report): boolean {
  return findings.some(({ code }) => code === unparsedModule.code);
}
