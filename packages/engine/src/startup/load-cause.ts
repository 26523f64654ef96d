import type { LoadCause } from '../model/load-result.js';
import type { PackageJson } from '../model/workspace.js';
import type { RawError } from './run-loader.js';

/** Who else than the authors of a package makes it fail, if that can be recognised. */
export function causeOf(error: RawError, manifest: PackageJson | undefined): LoadCause | undefined {
  return (
    denied(error) ??
    missingPeer(error, manifest) ??
    missingBrowser(error) ??
    missingVariable(error) ??
    causeWithin(error, manifest)
  );
}

function causeWithin({ cause }: RawError, manifest: PackageJson | undefined): LoadCause | undefined {
  return cause && causeOf(cause, manifest);
}

function denied({ code, message }: RawError): LoadCause | undefined {
  if (code !== 'ERR_ACCESS_DENIED') return undefined;
  return {
    kind: 'denied',
    what: message.startsWith('Network access') ? 'use the network' : 'write a file or start a program',
  };
}

const PACKAGE = /(?:Cannot find (?:package|module) |imported from )'((?:@[^/']+\/)?[^/'.][^/']*)/;

function missingPeer({ code, message }: RawError, manifest: PackageJson | undefined): LoadCause | undefined {
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return undefined;
  const name = PACKAGE.exec(message)?.[1];
  const peers = manifest?.peerDependencies ?? {};
  return name !== undefined && Object.hasOwn(peers, name) ? { kind: 'peer', package: name } : undefined;
}

const BROWSER_GLOBALS = [
  'window',
  'document',
  'navigator',
  'self',
  'location',
  'localStorage',
  'HTMLElement',
  'customElements',
];

/** Node has no such variables, or has them only in later versions. */
function missingBrowser({ name, message }: RawError): LoadCause | undefined {
  const [, variable] = /^(\w+) is not defined$/.exec(message) ?? [];
  return name === 'ReferenceError' && variable !== undefined && BROWSER_GLOBALS.includes(variable)
    ? { kind: 'browser', variable }
    : undefined;
}

/** Many programs read variables. Only one that the message names is the reason. */
function missingVariable({ message, missingEnv = [] }: RawError): LoadCause | undefined {
  const named = missingEnv.find(
    (variable) => variable.length > 2 && new RegExp(String.raw`\b${escaped(variable)}\b`).test(message),
  );
  return named === undefined ? undefined : { kind: 'environment', variable: named };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
