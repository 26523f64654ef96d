import type { Member } from './member-manifest';

/** Which workspace package declares which. */
export interface DeclaredGraph {
  /** The direct and indirect dependencies of a member, without itself, sorted by folder. */
  dependenciesOf(member: Member): readonly Member[];
  /** The members that declare a dependency on this one, without itself, sorted by folder. */
  dependentsOf(member: Member): readonly Member[];
}

/** Builds the graph from the manifests. Cycles are allowed. */
export function declaredGraph(members: readonly Member[]): DeclaredGraph {
  const byName = new Map<string, Member>();
  for (const member of members) if (member.packageName !== undefined) byName.set(member.packageName, member);
  const direct = new Map(
    members.map((member) => [member, member.declared.flatMap((name) => byName.get(name) ?? [])]),
  );
  const dependents = new Map<Member, Set<Member>>();
  for (const [member, providers] of direct) {
    for (const provider of providers)
      dependents.set(provider, (dependents.get(provider) ?? new Set()).add(member));
  }
  return {
    dependenciesOf: (member) =>
      sorted(
        reach(member, (from) => direct.get(from) ?? []),
        member,
      ),
    dependentsOf: (member) => sorted(dependents.get(member) ?? new Set(), member),
  };
}

function reach(start: Member, next: (from: Member) => readonly Member[]): Set<Member> {
  const reached = new Set<Member>();
  const open = [start];
  for (let from = open.pop(); from; from = open.pop()) {
    for (const to of next(from)) {
      if (reached.has(to)) continue;
      reached.add(to);
      open.push(to);
    }
  }
  return reached;
}

function sorted(members: ReadonlySet<Member>, without: Member): readonly Member[] {
  const others = [...members].filter((member) => member !== without);
  return others.sort((a, b) => (a.root < b.root ? -1 : a.root > b.root ? 1 : 0));
}
