// packages/engine/src/parse/empty-record.ts
function emptyRecord(language, syntaxError) {
  const nothing = { hasModuleSyntax: false, requests: [], exports: [], locals: [], ambientModules: [] };
  return { language, ...nothing, ...syntaxError && { syntaxError } };
}

// packages/engine/src/parse/requests/request-draft.ts
function requestDraft(specifier, form, span) {
  return { specifier, form, typeOnly: false, guarded: false, names: [], start: span.start, end: span.end };
}
function finishRequests(drafts, declaration) {
  const tested = /* @__PURE__ */ new Map();
  for (const { specifier, tested: names } of drafts) {
    if (!names?.size) continue;
    tested.set(specifier, /* @__PURE__ */ new Set([...tested.get(specifier) ?? [], ...names]));
  }
  return [...drafts].sort((a, b) => a.start - b.start).map((draft) => finishRequest(draft, declaration, tested.get(draft.specifier)));
}
function finishRequest(draft, declaration, tested) {
  const { specifier, form, typeOnly, guarded, names, namespace, start, end } = draft;
  const finished = /* @__PURE__ */ new Map();
  for (const asked of [...names].sort((a, b) => a.start - b.start)) {
    const read = asked.via === "member" || asked.via === "destructured";
    const name = {
      ...asked,
      ...declaration && { typeOnly: true },
      ...read && tested?.has(asked.name) && { optional: true }
    };
    const key = `${name.typeOnly ? "type" : "value"} ${name.name}`;
    const present = finished.get(key);
    if (!present || present.optional && !name.optional) finished.set(key, name);
  }
  return {
    specifier,
    form,
    typeOnly: typeOnly || declaration,
    guarded,
    names: [...finished.values()].sort((a, b) => a.start - b.start),
    ...namespace && { namespace },
    start,
    end
  };
}

// packages/engine/src/parse/commonjs/commonjs-facts.ts
import { parse } from "cjs-module-lexer";

// packages/engine/src/parse/tree/node.ts
function constantString(node) {
  if (node?.type === "Literal") return typeof node.value === "string" ? node.value : void 0;
  if (node?.type !== "TemplateLiteral" || node.expressions.length > 0) return void 0;
  return node.quasis[0]?.value.cooked ?? void 0;
}
function constantName(node, computed) {
  const name = !computed && node.type === "Identifier" ? node.name : constantString(node);
  return name === void 0 ? void 0 : { name, start: node.start, end: node.end };
}
function memberName(node) {
  return node.property.type === "PrivateIdentifier" ? void 0 : constantName(node.property, node.computed);
}
function moduleExportName(node) {
  if (node.type !== "Identifier")
    return { name: constantString(node) ?? "", start: node.start, end: node.end };
  const end = node.typeAnnotation ? node.start + node.name.length : node.end;
  return { name: node.name, start: node.start, end };
}
function isFunction(node) {
  return node?.type === "FunctionExpression" || node?.type === "ArrowFunctionExpression" || node?.type === "FunctionDeclaration";
}
var TRANSPARENT = /* @__PURE__ */ new Set([
  "ChainExpression",
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
  "TSNonNullExpression",
  "TSInstantiationExpression"
]);
function outermost(node) {
  let current = node;
  while (current.parent && TRANSPARENT.has(current.parent.type)) {
    if ("typeAnnotation" in current.parent && current.parent.typeAnnotation === current) break;
    current = current.parent;
  }
  return current;
}
function innermost(node) {
  if (node.type === "SequenceExpression") return innermost(node.expressions.at(-1));
  return TRANSPARENT.has(node.type) && "expression" in node ? innermost(node.expression) : node;
}
function calleeName(node) {
  const callee = innermost(node);
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? memberName(callee)?.name : void 0;
}
function isMember(node, object, property) {
  return node?.type === "MemberExpression" && node.object.type === "Identifier" && node.object.name === object && memberName(node)?.name === property;
}

// packages/engine/src/parse/commonjs/called-functions.ts
import { visitorKeys } from "oxc-parser";
var CalledFunctions = class {
  #index;
  constructor(index) {
    this.#index = index;
  }
  /** The functions of this file that an expression may stand for; empty where it cannot be told. */
  of(node, seen = /* @__PURE__ */ new Set()) {
    const callee = innermost(node);
    if (seen.has(callee)) return [];
    seen.add(callee);
    if (isFunction(callee)) return [callee];
    if (callee.type === "LogicalExpression")
      return [...this.of(callee.left, seen), ...this.of(callee.right, seen)];
    if (callee.type === "MemberExpression") return this.#ofMember(callee, seen);
    const binding = this.#index.bindingOf(callee);
    return binding ? this.#ofBinding(binding, seen) : [];
  }
  /** What is passed for a parameter by the calls that are in sight. */
  argumentsFor(owner, parameter) {
    if (!isFunction(owner)) return [];
    const position = owner.params.findIndex((candidate) => plainParameter(candidate) === parameter);
    return this.#callsOf(owner).flatMap((call) => call.arguments[position] ?? []);
  }
  #ofBinding(binding, seen) {
    return binding.sites.flatMap(({ owner, kind, id }) => {
      if (kind === "function") return isFunction(owner) ? [owner] : [];
      if (kind === "parameter")
        return this.argumentsFor(owner, id).flatMap((argument) => this.of(argument, seen));
      return owner.type === "VariableDeclarator" && owner.id === id && owner.init ? this.of(owner.init, seen) : [];
    });
  }
  /** `x.f` where the file says `x.f = function …`. */
  #ofMember(member, seen) {
    const name = memberName(member)?.name;
    const binding = this.#index.bindingOf(innermost(member.object));
    if (name === void 0 || !binding) return [];
    return this.#index.referencesTo(binding).flatMap(({ parent }) => {
      if (parent?.type !== "MemberExpression" || memberName(parent)?.name !== name) return [];
      const assignment = parent.parent;
      return assignment?.type === "AssignmentExpression" && assignment.left === parent ? this.of(assignment.right, seen) : [];
    });
  }
  #callsOf(owner) {
    const whole = outermost(owner);
    const calls = [];
    if (whole.parent?.type === "CallExpression" && whole.parent.callee === whole) calls.push(whole.parent);
    const id = owner.type === "ArrowFunctionExpression" ? null : owner.id;
    const declarator = whole.parent?.type === "VariableDeclarator" ? whole.parent.id : null;
    for (const name of [id, declarator]) {
      const binding = name && this.#index.bindingAt(name.start);
      for (const { parent, ...reference } of binding ? this.#index.referencesTo(binding) : []) {
        if (parent?.type === "CallExpression" && parent.callee.start === reference.start) calls.push(parent);
      }
    }
    return calls;
  }
};
function plainParameter(parameter) {
  return parameter.type === "AssignmentPattern" ? parameter.left : parameter;
}
function returnedValues(owner) {
  if (!owner.body) return [];
  if (owner.body.type !== "BlockStatement") return [owner.body];
  const found = [];
  collectReturns(owner.body, found);
  return found;
}
function collectReturns(node, found) {
  if (isFunction(node) || node.type === "ClassDeclaration" || node.type === "ClassExpression") return;
  if (node.type === "ReturnStatement") {
    if (node.argument) found.push(node.argument);
    return;
  }
  if (node.type.endsWith("Expression") || node.type === "VariableDeclaration") return;
  const fields = node;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = fields[key];
    for (const element of Array.isArray(child) ? child : [child]) {
      if (element) collectReturns(element, found);
    }
  }
}

// packages/engine/src/parse/requests/interop-helpers.ts
var KINDS = {
  importstar: "namespace",
  // TypeScript, tslib
  interoprequirewildcard: "namespace",
  // Babel, SWC
  toesm: "namespace",
  // esbuild, rolldown
  interopnamespace: "namespace",
  // Rollup
  interopnamespacedefault: "namespace",
  interopnamespacecompat: "namespace",
  importdefault: "default",
  // TypeScript, tslib
  interoprequiredefault: "default",
  // Babel, SWC
  interopdefault: "default",
  // Rollup
  interopdefaultlegacy: "default",
  interopdefaultcompat: "default"
};
function interopKind(calleeName2) {
  if (calleeName2 === void 0) return void 0;
  const plain = plainHelperName(calleeName2);
  return Object.hasOwn(KINDS, plain) ? KINDS[plain] : void 0;
}
function plainHelperName(name) {
  return name.replace(/\$?\d+$/, "").replaceAll("_", "").toLowerCase();
}

// packages/engine/src/parse/requests/member-context.ts
function isWritten(node) {
  const target = outermost(node);
  const { parent } = target;
  switch (parent?.type) {
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return parent.left === target;
    case "UpdateExpression":
    case "RestElement":
    case "ArrayPattern":
      return true;
    case "UnaryExpression":
      return parent.operator === "delete";
    case "Property":
      return parent.value === target && parent.parent?.type === "ObjectPattern";
    default:
      return false;
  }
}
function isFeatureTest(node) {
  const value = chainEnd(node);
  if (isOptionalUse(value)) return true;
  const whole = outermost(value);
  const { parent } = whole;
  switch (parent?.type) {
    case "LogicalExpression":
      return parent.left === whole || isFeatureTest(parent);
    case "BinaryExpression":
      return /^[!=]==?$/.test(parent.operator) && isNothing(parent.left === whole ? parent.right : parent.left);
    default:
      return isCondition(whole, whole.parent);
  }
}
function isCondition(node, parent) {
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
    case "WhileStatement":
    case "DoWhileStatement":
    case "ForStatement":
      return parent.test === node;
    case "UnaryExpression":
      return parent.operator === "!" || parent.operator === "typeof";
    default:
      return false;
  }
}
function isOptionalUse(node) {
  const { parent } = node;
  if (parent?.type === "CallExpression") return parent.optional && parent.callee === node;
  return parent?.type === "MemberExpression" && parent.optional && parent.object === node;
}
function chainEnd(node) {
  return node.parent?.type === "TSNonNullExpression" ? chainEnd(node.parent) : node;
}
function isNothing(node) {
  if (node.type === "Identifier") return node.name === "undefined";
  if (node.type === "UnaryExpression") return node.operator === "void";
  return node.type === "Literal" && node.value === null && node.raw === "null";
}
function isHeritageType(node) {
  const { parent } = node;
  if (parent?.type === "MemberExpression" && parent.object === node) return isHeritageType(parent);
  return parent?.type === "TSClassImplements" || parent?.type === "TSInterfaceHeritage";
}

// packages/engine/src/parse/commonjs/required-module.ts
function requiredModule(node, index) {
  const value = innermost(node);
  if (value.type === "CallExpression") {
    const [first] = value.arguments;
    if (index.isFree(innermost(value.callee), "require")) return constantString(first);
    return first && interopKind(calleeName(value.callee)) === "namespace" ? requiredModule(first, index) : void 0;
  }
  const binding = index.bindingOf(value);
  const [site, ...others] = binding?.sites ?? [];
  if (!binding || !site || others.length > 0 || site.owner.type !== "VariableDeclarator") return void 0;
  const { init, id } = site.owner;
  if (!init || id !== site.id || index.referencesTo(binding).some(isWritten)) return void 0;
  return requiredModule(init, index);
}

// packages/engine/src/parse/commonjs/exported-values.ts
var ExportedValues = class {
  #reading;
  #seen = /* @__PURE__ */ new Set();
  constructor(reading) {
    this.#reading = reading;
  }
  value(node) {
    const value = innermost(node);
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    const { offered, index } = this.#reading;
    const specifier = requiredModule(value, index);
    if (specifier !== void 0) return offered.from(specifier);
    switch (value.type) {
      case "ObjectExpression":
        return this.literal(value);
      case "Identifier":
        return this.#identifier(value);
      case "ClassExpression":
        return this.#statics(value);
      case "AssignmentExpression":
        return this.#assignment(value);
      case "ConditionalExpression":
        this.value(value.consequent);
        return this.value(value.alternate);
      case "LogicalExpression":
        this.value(value.left);
        return this.value(value.right);
      case "CallExpression":
        return this.#result(value);
      case "MemberExpression":
        if (isMember(value, "module", "exports")) return;
        return offered.open("the exports are a member of another value", value);
      case "NewExpression":
        return offered.open("the exports are an instance", value);
      default:
        if (!WITHOUT_NAMES.has(value.type)) offered.open("the exports are computed", value);
    }
  }
  /** The keys of an object literal, and what is spread into it. */
  literal(node) {
    for (const property of node.properties) {
      if (property.type === "SpreadElement") {
        this.value(property.argument);
        continue;
      }
      const name = constantName(property.key, property.computed);
      if (name) this.#reading.offered.name(name);
      else this.#reading.offered.open("a key is computed", property.key);
    }
  }
  #assignment({ operator, left, right }) {
    if (operator !== "=") this.#reading.offered.open("the exports are computed", right);
    else this.value(right);
    const binding = this.#reading.index.bindingOf(left);
    if (binding) this.#laterNames(binding, isCallable(right));
  }
  #identifier(node) {
    const { index, offered } = this.#reading;
    const binding = index.bindingOf(node);
    if (!binding) {
      if (node.name !== "exports" && node.name !== "undefined")
        offered.open(`the exports are the global ${node.name}`, node);
      return;
    }
    if (this.#seen.has(binding)) return;
    this.#seen.add(binding);
    for (const site of binding.sites) this.#declared(site, node);
    this.#laterNames(binding, binding.sites.every(isCallableSite));
    for (const { parent } of index.referencesTo(binding)) {
      if (parent?.type === "AssignmentExpression" && index.bindingOf(parent.left) === binding)
        this.value(parent.right);
    }
  }
  #declared({ kind, owner, id }, use) {
    const { offered, calls } = this.#reading;
    if (kind === "function") return;
    if (owner.type === "ClassDeclaration" || owner.type === "ClassExpression") return this.#statics(owner);
    if (kind === "parameter") {
      const passed = calls.argumentsFor(owner, id);
      if (passed.length === 0) offered.open("the exports are passed in by a caller out of sight", use);
      return passed.forEach((argument) => this.value(argument));
    }
    if (owner.type !== "VariableDeclarator" || owner.id !== id)
      return offered.open("the exports are taken out of another value", use);
    if (owner.init) this.value(owner.init);
  }
  /** `const api = {}; module.exports = api; api.a = 1`: whatever is done to the value is done to the exports. */
  #laterNames(binding, callable) {
    for (const reference of this.#reading.index.referencesTo(binding))
      this.#reading.uses.of(reference, { callable });
  }
  #statics({ body, superClass }) {
    if (superClass) this.#reading.offered.open("the exported class inherits statics", superClass);
    for (const element of body.body) {
      if (!("key" in element) || !element.static || element.key.type === "PrivateIdentifier") continue;
      const name = constantName(element.key, element.computed);
      if (name) this.#reading.offered.name(name);
    }
  }
  #result(call) {
    const { offered, calls, uses } = this.#reading;
    const [first, second] = call.arguments;
    const name = calleeName(call.callee);
    if (first && name !== void 0 && isMember(call.callee, "Object", name) && this.#objectMethod(name, call))
      return;
    if (first && plainHelperName(name ?? "") === "tocommonjs") {
      offered.name({ name: "__esModule", start: call.start, end: call.end });
      this.value(first);
      return uses.of(first, {});
    }
    if (first && second && plainHelperName(name ?? "") === "copyprops") {
      this.value(first);
      return this.value(second);
    }
    const functions = calls.of(call.callee).filter((called) => !called.async && !("generator" in called && called.generator));
    if (functions.length === 0)
      return offered.open(`the exports are the result of ${name ?? "a call"}`, call);
    for (const called of functions) for (const result of returnedValues(called)) this.value(result);
  }
  /** Methods of `Object` that give back their first argument. */
  #objectMethod(method, { arguments: args }) {
    const { offered } = this.#reading;
    const [first, second] = args;
    switch (method) {
      case "assign":
        for (const argument of args)
          this.value(argument.type === "SpreadElement" ? argument.argument : argument);
        return true;
      case "freeze":
      case "seal":
      case "preventExtensions":
        this.value(first);
        return true;
      case "defineProperty": {
        const name = constantString(second);
        if (name === void 0 || !second) return false;
        this.value(first);
        offered.name({ name, start: second.start, end: second.end });
        return true;
      }
      case "defineProperties":
        if (second?.type !== "ObjectExpression") return false;
        this.value(first);
        this.literal(second);
        return true;
      default:
        return false;
    }
  }
};
var WITHOUT_NAMES = /* @__PURE__ */ new Set([
  "FunctionExpression",
  "ArrowFunctionExpression",
  "Literal",
  "TemplateLiteral",
  "UnaryExpression",
  "ThisExpression"
]);
function isCallable(node) {
  const value = innermost(node);
  return value.type === "FunctionExpression" || value.type === "ArrowFunctionExpression" || value.type === "ClassExpression";
}
function isCallableSite({ kind, owner }) {
  if (owner.type === "VariableDeclarator") return owner.init !== null && isCallable(owner.init);
  return kind === "function" || kind === "class";
}

// packages/engine/src/parse/commonjs/key-source.ts
function keySource(key, index) {
  const binding = index.bindingOf(innermost(key));
  if (!binding) return void 0;
  for (const site of binding.sites) {
    const found = site.kind === "parameter" ? callbackSource(site) : variableSource(site, index);
    if (found) return found;
  }
  for (const reference of index.referencesTo(binding)) {
    const found = loopSource(reference);
    if (found) return found;
  }
  return void 0;
}
function callbackSource({ owner }) {
  if (!isFunction(owner)) return void 0;
  const call = outermost(owner).parent;
  if (call?.type !== "CallExpression" || call.callee.type !== "MemberExpression" || call.arguments[0] !== owner)
    return void 0;
  return listSource(call.callee.object);
}
function variableSource({ owner, id }, index) {
  if (owner.type !== "VariableDeclarator") return void 0;
  const name = owner.id === id ? constantString(owner.init) : void 0;
  if (name !== void 0 && owner.init)
    return { names: [{ name, start: owner.init.start, end: owner.init.end }] };
  const declaration = owner.parent;
  if (declaration && index.bindingAt(id.start)) return loopSource(declaration);
  return void 0;
}
function loopSource(left) {
  const { parent } = left;
  if (parent?.type === "ForInStatement" && parent.left === left) return { keysOf: parent.right };
  return parent?.type === "ForOfStatement" && parent.left === left ? listSource(parent.right) : void 0;
}
var KEY_LISTS = /* @__PURE__ */ new Set(["keys", "getOwnPropertyNames", "entries", "ownKeys"]);
function listSource(node) {
  const list = innermost(node);
  if (list.type === "ArrayExpression") return arraySource(list.elements);
  if (list.type !== "CallExpression" || list.callee.type !== "MemberExpression") return void 0;
  const method = calleeName(list.callee);
  const [argument] = list.arguments;
  const ofObject = KEY_LISTS.has(method ?? "") && (isMember(list.callee, "Object", method) || isMember(list.callee, "Reflect", method));
  if (ofObject) return argument ? { keysOf: argument } : void 0;
  return ["filter", "sort", "slice", "concat"].includes(memberName(list.callee)?.name ?? "") ? listSource(list.callee.object) : void 0;
}
function arraySource(elements) {
  const names = [];
  for (const element of elements) {
    const name = constantString(element);
    if (name === void 0 || !element) return void 0;
    names.push({ name, start: element.start, end: element.end });
  }
  return { names };
}

// packages/engine/src/parse/commonjs/exports-uses.ts
var ExportsUses = class {
  #reading;
  #followed = /* @__PURE__ */ new Set();
  constructor(reading) {
    this.#reading = reading;
  }
  /** `inner` evaluates to the exports object. */
  of(inner, standing) {
    const node = outermost(inner);
    const { parent } = node;
    switch (parent?.type) {
      case "MemberExpression":
        if (parent.object === node) this.#member(parent);
        return;
      case "AssignmentExpression":
        return parent.left === node ? this.#replaced(node, parent) : this.#stored(parent.left, parent, standing);
      case "VariableDeclarator":
        if (parent.id.type === "Identifier")
          this.#alias(this.#reading.index.bindingAt(parent.id.start), standing);
        return;
      case "CallExpression":
        if (parent.callee !== node) this.#passed(parent, node, standing);
        return;
      case "LogicalExpression":
        return this.of(parent, standing);
      case "ConditionalExpression":
        return parent.test === node ? void 0 : this.of(parent, standing);
      case "SequenceExpression":
        return parent.expressions.at(-1) === node ? this.of(parent, standing) : void 0;
      default:
        if (parent && !standing.callable && HANDS_ON.has(parent.type))
          this.#open("exports is stored or passed on", node);
    }
  }
  #open(reason, node) {
    this.#reading.offered.open(reason, node);
  }
  #member(member) {
    const target = outermost(member);
    if (!isWritten(member) || target.parent?.type === "UnaryExpression") return;
    const name = memberName(member);
    if (name) this.#reading.offered.name(name);
    else this.#computed(member.property);
  }
  #computed(key) {
    const source = keySource(key, this.#reading.index);
    if (!source) return this.#open("a name is computed", key);
    if ("names" in source) return source.names.forEach((name) => this.#reading.offered.name(name));
    this.#copied(source.keysOf);
  }
  /** All names of another object are copied. A helper's parameter stands for what its calls pass. */
  #copied(source) {
    const { index, calls, values } = this.#reading;
    const site = index.bindingOf(innermost(source))?.sites[0];
    if (site?.kind !== "parameter") return values.value(source);
    for (const argument of calls.argumentsFor(site.owner, site.id)) values.value(argument);
  }
  /** `module.exports = …` and `exports = …` */
  #replaced(node, assignment) {
    const { index, values } = this.#reading;
    if (node.type === "Identifier" && index.bindingOf(node)) return;
    if (node.type === "Identifier") {
      const chained = assignment.parent?.type === "AssignmentExpression" && isMember(assignment.parent.left, "module", "exports");
      if (!chained && !assignsModuleExports(assignment.right)) this.#open("exports is replaced", assignment);
      return;
    }
    values.value(assignment.right);
    this.of(assignment, { callable: isCallable(assignment.right) });
  }
  #stored(target, assignment, standing) {
    const { index } = this.#reading;
    if (target.type === "Identifier") this.#alias(index.bindingOf(target), standing);
    else if (!isOwnMember(target) && !standing.callable) this.#open("exports is stored or passed on", target);
    this.of(assignment, standing);
  }
  #alias(binding, standing) {
    if (!binding || this.#followed.has(binding)) return;
    this.#followed.add(binding);
    for (const reference of this.#reading.index.referencesTo(binding)) {
      if (!isWritten(reference)) this.of(reference, standing);
    }
  }
  #passed(call, node, standing) {
    const position = call.arguments.findIndex((argument) => argument === node);
    const name = calleeName(call.callee) ?? "";
    const owner = innermost(call.callee);
    if (isMember(owner, "Object", name) || isMember(owner, "Reflect", name))
      return this.#objectMethod(name, call, position, standing);
    if (owner.type === "MemberExpression" && calleeName(owner.object) === "hasOwnProperty") return;
    if (this.#helper(plainHelperName(name), call, position) || this.#getters(call, position)) return;
    const functions = this.#reading.calls.of(call.callee);
    for (const called of functions) {
      const parameter = called.params[position];
      if (!parameter) continue;
      const plain = plainParameter(parameter);
      if (plain.type === "Identifier") this.#alias(this.#reading.index.bindingAt(plain.start), standing);
      else if (plain.type === "RestElement") this.#open("exports is stored or passed on", node);
    }
    if (functions.length === 0 && !standing.callable)
      this.#open(`exports is passed to ${name || "a function"}`, node);
  }
  /** Methods of `Object` and `Reflect`; those that are not listed only look. */
  #objectMethod(method, call, position, standing) {
    if (position !== 0) return;
    const [, second, ...others] = call.arguments;
    const { offered, values } = this.#reading;
    switch (method) {
      case "defineProperty": {
        const name = constantString(second);
        if (name !== void 0 && second) offered.name({ name, start: second.start, end: second.end });
        else if (second) this.#computed(second);
        break;
      }
      case "defineProperties":
        if (second?.type === "ObjectExpression") values.literal(second);
        else this.#open("names are computed", call);
        break;
      case "assign":
        for (const source of [second, ...others]) {
          if (source) values.value(source.type === "SpreadElement" ? source.argument : source);
        }
        break;
      case "setPrototypeOf":
        this.#open("the exports inherit names", call);
        break;
      case "freeze":
      case "seal":
      case "preventExtensions":
        break;
      default:
        return;
    }
    this.of(call, standing);
  }
  /** Helpers that compilers emit, by their plain names; their own code need not be in the file (tslib). */
  #helper(name, { arguments: args }, position) {
    const [first, second, third, fourth] = args;
    if (name === "exportstar" && position === 1 && first) this.#copied(first);
    else if (name === "reexport" && position !== 1 && second) this.#copied(second);
    else if (name === "copyprops" && position === 0 && second) this.#copied(second);
    else if (name === "createbinding" && position === 0 && third) {
      const renamed = fourth ?? third;
      const constant = constantString(renamed);
      if (constant !== void 0)
        this.#reading.offered.name({ name: constant, start: renamed.start, end: renamed.end });
      else this.#computed(third);
    } else return name === "tocommonjs";
    return true;
  }
  /** `define(exports, { a: () => a })` and `define(exports, 'a', () => a)`, whatever bundlers call it. */
  #getters({ arguments: args }, position) {
    const [, second, third] = args;
    if (position !== 0) return false;
    const name = constantString(second);
    if (name !== void 0 && second && isFunction(third)) {
      this.#reading.offered.name({ name, start: second.start, end: second.end });
      return true;
    }
    if (second?.type !== "ObjectExpression" || second.properties.length === 0) return false;
    if (!second.properties.every((property) => property.type === "Property" && isFunction(property.value)))
      return false;
    this.#reading.values.literal(second);
    return true;
  }
};
var HANDS_ON = /* @__PURE__ */ new Set([
  "Property",
  "PropertyDefinition",
  "ArrayExpression",
  "NewExpression",
  "AssignmentPattern",
  "TaggedTemplateExpression",
  "YieldExpression"
]);
function assignsModuleExports(node) {
  const value = innermost(node);
  if (value.type !== "AssignmentExpression") return isMember(value, "module", "exports");
  return isMember(value.left, "module", "exports") || assignsModuleExports(value.right);
}
function isOwnMember(target) {
  if (isMember(target, "module", "exports")) return true;
  if (target.type !== "MemberExpression") return false;
  const { object } = target;
  return object.type === "Identifier" && object.name === "exports" || isMember(object, "module", "exports");
}

// packages/engine/src/parse/commonjs/offered-names.ts
var OfferedNames = class {
  #assigned = /* @__PURE__ */ new Map();
  #from = /* @__PURE__ */ new Set();
  #open = /* @__PURE__ */ new Map();
  name({ name, start, end }) {
    if (!this.#assigned.has(name)) this.#assigned.set(name, { name, start, end });
  }
  /** All names of another module. */
  from(specifier) {
    this.#from.add(specifier);
  }
  /** There may be more names, for a reason that stands at a node. */
  open(reason, { start, end }) {
    const key = `${start} ${reason}`;
    if (!this.#open.has(key)) this.#open.set(key, { reason, start, end });
  }
  facts() {
    const byPlace = (a, b) => a.start - b.start;
    return {
      assigned: [...this.#assigned.values()].sort(byPlace),
      assignedFrom: [...this.#from],
      open: [...this.#open.values()].sort(byPlace)
    };
  }
};

// packages/engine/src/parse/commonjs/exports-reading.ts
function readExports(index) {
  const offered = new OfferedNames();
  const reading = { index, offered, calls: new CalledFunctions(index) };
  reading.uses = new ExportsUses(reading);
  reading.values = new ExportedValues(reading);
  for (const reference of index.freeReferences("exports")) reading.uses.of(reference, {});
  for (const reference of index.freeReferences("module")) moduleUse(reference, reading);
  for (const self of index.topLevelThis)
    if (self.parent?.type === "MemberExpression") reading.uses.of(self, {});
  copiesByHelper(reading);
  return offered.facts();
}
function moduleUse(reference, reading) {
  const node = outermost(reference);
  const { parent } = node;
  if (parent?.type === "MemberExpression" && parent.object === node) {
    if (memberName(parent)?.name === "exports") reading.uses.of(parent, {});
    return;
  }
  if (parent?.type !== "CallExpression" || parent.callee === node) return;
  const functions = reading.calls.of(parent.callee);
  if (functions.length === 0) reading.offered.open("module is passed on", node);
  const position = parent.arguments.findIndex((argument) => argument === node);
  for (const called of functions) {
    const parameter = called.params[position];
    const binding = parameter && reading.index.bindingAt(plainParameter(parameter).start);
    for (const use of binding ? reading.index.referencesTo(binding) : []) moduleUse(use, reading);
  }
}
function copiesByHelper({ index, values, calls }) {
  for (const call of index.calls) {
    const { callee, arguments: args } = call;
    if (callee.type !== "Identifier" || callee.name !== "__export" || args.length !== 1 || !args[0]) continue;
    if (!calls.of(callee).some((helper) => isFunction(helper) && helper.params.length > 1))
      values.value(args[0]);
  }
}

// packages/engine/src/parse/commonjs/commonjs-facts.ts
var NOTHING = {
  lexed: { exports: [], reexports: [] },
  assigned: [],
  assignedFrom: [],
  open: []
};
function commonJsFacts(text, index) {
  return index ? { lexed: lexed(text), ...readExports(index) } : NOTHING;
}
function lexed(text) {
  try {
    const { exports, reexports } = parse(text);
    return { exports: [...new Set(exports)], reexports: [...new Set(reexports)] };
  } catch {
    return NOTHING.lexed;
  }
}

// packages/engine/src/parse/exports/has-values.ts
function hasValues(body) {
  return body?.type === "TSModuleBlock" && body.body.some(isValue);
}
function isValue(statement) {
  switch (statement.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSImportEqualsDeclaration":
    case "ImportDeclaration":
    case "EmptyStatement":
      return false;
    case "TSEnumDeclaration":
      return !statement.const;
    case "TSModuleDeclaration":
      return hasValues(statement.body);
    case "ExportNamedDeclaration":
      if (statement.declaration?.type === "TSImportEqualsDeclaration") return true;
      return statement.declaration !== null && isValue(statement.declaration);
    default:
      return true;
  }
}

// packages/engine/src/parse/exports/declared-names.ts
function declaredNames(statement) {
  switch (statement.type) {
    case "ExportNamedDeclaration":
      return statement.declaration ? declaredNames(statement.declaration) : [];
    case "ExportDefaultDeclaration":
      return declaredNames(statement.declaration);
    case "VariableDeclaration":
      return statement.declarations.flatMap(({ id }) => patternNames(id)).map((id) => ({ id, value: true, type: false }));
    case "FunctionDeclaration":
    case "TSDeclareFunction":
      return named(statement.id, { value: true, type: false });
    case "ClassDeclaration":
      return named(statement.id, { value: true, type: true });
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return named(statement.id, { value: false, type: true });
    case "TSEnumDeclaration": {
      const members = statement.body.members.flatMap(enumMember);
      return named(statement.id, {
        value: true,
        type: true,
        members,
        ...statement.const && { constEnum: true }
      });
    }
    case "TSModuleDeclaration":
      return namespaceName(statement);
    case "TSImportEqualsDeclaration": {
      if (statement.moduleReference.type !== "TSExternalModuleReference") {
        return named(statement.id, { value: true, type: true, alias: statement.moduleReference });
      }
      return statement.parent?.type === "ExportNamedDeclaration" ? named(statement.id, { value: true, type: true }) : [];
    }
    default:
      return [];
  }
}
function named(id, declared) {
  return id?.type === "Identifier" ? [{ id: moduleExportName(id), ...declared }] : [];
}
function namespaceName(node) {
  if (node.id.type === "Literal" || node.kind === "global") return [];
  let id = node.id;
  while (id.type === "TSQualifiedName") id = id.left;
  const value = hasValues(node.body);
  return named(id, { value, type: !value, namespace: node });
}
function enumMember({ id }) {
  const name = constantName(id, false);
  return name ? [{ ...name, value: true, type: true }] : [];
}
function patternNames(pattern) {
  switch (pattern.type) {
    case "Identifier":
      return [moduleExportName(pattern)];
    case "ObjectPattern":
      return pattern.properties.flatMap(
        (property) => patternNames(property.type === "RestElement" ? property.argument : property.value)
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => element ? patternNames(element) : []);
    case "AssignmentPattern":
      return patternNames(pattern.left);
    case "RestElement":
      return patternNames(pattern.argument);
    default:
      return [];
  }
}

// packages/engine/src/parse/exports/syntax-from-tree.ts
function syntaxFromTree(body, text, ambient) {
  const requests = [];
  const exports = [];
  const everything = ambient && !body.some(isExportDeclaration);
  for (const statement of body) {
    if (statement.type === "ImportDeclaration") requests.push(importRequest(statement));
    else if (statement.type === "TSImportEqualsDeclaration") requests.push(...importEquals(statement));
    else if (statement.type === "ExportNamedDeclaration" && statement.declaration) {
      const { declaration } = statement;
      if (declaration.type === "TSImportEqualsDeclaration") requests.push(...importEquals(declaration));
      exports.push(...declaredExports(declaration));
    } else if (everything && statement.type !== "ExportDefaultDeclaration")
      exports.push(...declaredExports(statement));
    if (statement.type === "ExportDefaultDeclaration")
      exports.push(defaultExport(statement.declaration, statement, text));
    else readExports2(statement, requests, exports);
  }
  return { requests, exports: mergeDeclarations(exports) };
}
function readExports2(statement, requests, exports) {
  switch (statement.type) {
    case "ExportNamedDeclaration":
      if (statement.source) requests.push(reexport(statement));
      for (const specifier of statement.specifiers) exports.push(specifierExport(specifier, statement));
      return;
    case "ExportAllDeclaration": {
      const { source, exported } = statement;
      const typeOnly = statement.exportKind === "type";
      const form = exported ? "export-from" : "export-star";
      const request = { ...requestBase(source), form, typeOnly, names: [], bindings: [] };
      requests.push(exported ? { ...request, passesNamespace: true } : request);
      const target = { specifierStart: source.start, typeOnly };
      if (exported) exports.push({ kind: "namespace", ...target, ...moduleExportName(exported) });
      else exports.push({ kind: "star", ...target, start: statement.start, end: statement.end });
      return;
    }
    case "TSExportAssignment":
      exports.push({ kind: "assignment", expression: statement.expression, ...spanOf(statement.expression) });
  }
}
function isExportDeclaration(statement) {
  switch (statement.type) {
    case "ExportNamedDeclaration":
      return !statement.declaration;
    case "ExportDefaultDeclaration":
      return !isDeclaration(statement.declaration);
    default:
      return statement.type === "ExportAllDeclaration" || statement.type === "TSExportAssignment";
  }
}
var DECLARATIONS = /* @__PURE__ */ new Set([
  "FunctionDeclaration",
  "TSDeclareFunction",
  "ClassDeclaration",
  "TSInterfaceDeclaration"
]);
function isDeclaration(node) {
  return DECLARATIONS.has(node.type);
}
function importRequest({ specifiers, source, importKind, phase }) {
  const typeOnly = importKind === "type";
  const names = [];
  const bindings = [];
  for (const specifier of phase === "source" ? [] : specifiers) {
    const { local } = specifier;
    const onlyType = typeOnly || specifier.type === "ImportSpecifier" && specifier.importKind === "type";
    const binding = { local: local.name, typeOnly: onlyType, ...spanOf(local) };
    if (specifier.type === "ImportNamespaceSpecifier") {
      bindings.push(binding);
      continue;
    }
    const isDefault = specifier.type === "ImportDefaultSpecifier";
    const imported = isDefault ? { name: "default", ...spanOf(local) } : moduleExportName(specifier.imported);
    bindings.push({ ...binding, imported: imported.name });
    names.push({ ...imported, typeOnly: onlyType, via: isDefault ? "default" : "named" });
  }
  return { ...requestBase(source), form: "import", typeOnly, names, bindings };
}
function importEquals(node) {
  const { id, moduleReference, importKind } = node;
  if (moduleReference.type !== "TSExternalModuleReference") return [];
  const typeOnly = importKind === "type";
  const bindings = [{ local: id.name, typeOnly, ...spanOf(id) }];
  return [
    { ...requestBase(moduleReference.expression), form: "import-equals", typeOnly, names: [], bindings }
  ];
}
function reexport({ source, specifiers, exportKind }) {
  const typeOnly = exportKind === "type";
  const names = specifiers.map((specifier) => ({
    ...moduleExportName(specifier.local),
    typeOnly: typeOnly || specifier.exportKind === "type",
    via: "named"
  }));
  return { ...requestBase(source), form: "export-from", typeOnly, names, bindings: [] };
}
function specifierExport(specifier, { source, exportKind }) {
  const typeOnly = exportKind === "type" || specifier.exportKind === "type";
  const exported = { ...moduleExportName(specifier.exported), typeOnly };
  const local = moduleExportName(specifier.local).name;
  if (!source) return { kind: "local", local, ...exported };
  return { kind: "from", importName: local, specifierStart: source.start, ...exported };
}
function defaultExport(declaration, statement, text) {
  const keyword = text.slice(statement.start, declaration.start).lastIndexOf("default");
  const start = statement.start + Math.max(keyword, 0);
  const span = { start, end: start + "default".length };
  const typeOnly = declaration.type === "TSInterfaceDeclaration";
  const base = { kind: "local", name: "default", typeOnly, ...span };
  if (declaration.type === "Identifier") return { ...base, local: declaration.name, byValue: true };
  const id = isDeclaration(declaration) && "id" in declaration ? declaration.id : null;
  return id?.type === "Identifier" ? { ...base, local: id.name } : base;
}
function declaredExports(declaration) {
  return declaredNames(declaration).map(({ id, type, value }) => ({
    kind: "local",
    name: id.name,
    local: id.name,
    typeOnly: type && !value,
    start: id.start,
    end: id.end
  }));
}
function mergeDeclarations(exports) {
  const merged = /* @__PURE__ */ new Map();
  for (const entry of exports) {
    const key = entry.kind === "local" ? `${entry.name} ${entry.local ?? ""}` : entry;
    const present = merged.get(key);
    if (!present) merged.set(key, entry);
    else if (present.kind === "local" && entry.kind === "local" && present.typeOnly && !entry.typeOnly) {
      merged.set(key, { ...present, typeOnly: false });
    }
  }
  return [...merged.values()];
}
function requestBase(source) {
  return { specifier: String(source.value), ...spanOf(source) };
}
function spanOf({ start, end }) {
  return { start, end };
}

// packages/engine/src/parse/exports/local-declarations.ts
function localDeclarations(body, context) {
  const merged = /* @__PURE__ */ new Map();
  const aliases = [];
  for (const statement of body) {
    const exported = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
    for (const declared of declaredNames(statement)) {
      if (declared.alias) aliases.push(declared);
      const members = membersOf(declared, context);
      const { id, value, type, constEnum } = declared;
      const local = {
        ...id,
        value,
        type,
        ...constEnum && { constEnum },
        exported,
        ...members && { members }
      };
      merged.set(id.name, merge(merged.get(id.name), local));
    }
  }
  for (const alias of aliases) narrowAlias(merged, alias);
  return [...merged.values()];
}
function merge(first, second) {
  if (!first) return second;
  const { constEnum: _, members: __, ...rest } = first;
  const members = mergeMembers(first.members, second.members);
  const constEnum = (first.constEnum || !first.value) && (second.constEnum || !second.value);
  return {
    ...rest,
    value: first.value || second.value,
    type: first.type || second.type,
    ...constEnum && (first.value || second.value) && { constEnum: true },
    exported: first.exported || second.exported,
    ...members && { members }
  };
}
function mergeMembers(first, second) {
  if (!first || !second) return first ?? second;
  const merged = new Map(first.map((member) => [member.name, member]));
  for (const member of second) {
    const present = merged.get(member.name);
    const value = member.value || present?.value === true;
    merged.set(member.name, { ...present ?? member, value, type: member.type || present?.type === true });
  }
  return [...merged.values()];
}
function membersOf({ members, namespace }, context) {
  if (!namespace) return members;
  const ambient = context.ambient || namespace.declare;
  return nestedMember(namespace.id) ?? namespaceMembers(blockOf(namespace.body), { ...context, ambient });
  function nestedMember(id) {
    if (id.type !== "TSQualifiedName") return void 0;
    if (id.left.type === "TSQualifiedName") return nestedMember(id.left);
    const [outer] = declaredNames(namespace);
    const { name, start, end } = id.right;
    return [{ name, value: outer?.value ?? true, type: outer?.type ?? true, start, end }];
  }
}
function namespaceMembers(body, context) {
  const locals = new Map(localDeclarations(body, context).map((local) => [local.name, local]));
  return syntaxFromTree(body, context.text, context.ambient).exports.flatMap((entry) => {
    if (entry.kind !== "local") return [];
    const { name, start, end, typeOnly } = entry;
    const local = locals.get(entry.local ?? name);
    return [{ name, value: !typeOnly && (local?.value ?? true), type: local?.type ?? true, start, end }];
  });
}
function narrowAlias(merged, { id, alias }) {
  const local = merged.get(id.name);
  const target = alias?.type === "Identifier" ? merged.get(alias.name) : memberOf(merged, alias);
  if (local && target && target !== local)
    merged.set(id.name, { ...local, value: target.value, type: target.type });
}
function memberOf(merged, alias) {
  if (alias?.type !== "TSQualifiedName" || alias.left.type !== "Identifier") return void 0;
  return merged.get(alias.left.name)?.members?.find(({ name }) => name === alias.right.name);
}
function blockOf(body) {
  return body?.type === "TSModuleBlock" ? body.body : [];
}

// packages/engine/src/parse/exports/export-assignment.ts
function assignedMembers(expression, body, context) {
  if (expression.type !== "Identifier") return membersOfValue(expression, body);
  const declarations = body.map(unwrap).filter((statement) => declares(statement, expression.name));
  if (declarations.length === 0) return { members: [], open: `${expression.name} is not declared here` };
  const merged = localDeclarations(declarations, context).find(({ name }) => name === expression.name);
  const parts = declarations.map((declaration) => membersOfDeclaration(declaration, expression.name, body));
  const members = parts.reduce(
    (all, part) => mergeMembers(all, part.members),
    merged?.members
  );
  const open = parts.find((part) => part.open !== void 0)?.open;
  return { members: members ?? [], ...open !== void 0 && { open } };
}
function unwrap(statement) {
  return statement.type === "ExportNamedDeclaration" && statement.declaration ? statement.declaration : statement;
}
function declares(statement, name) {
  return declaredNames(statement).some(({ id }) => id.name === name);
}
function membersOfDeclaration(declaration, name, body) {
  switch (declaration.type) {
    case "ClassDeclaration":
      return classStatics(declaration);
    case "VariableDeclaration": {
      const declarator = declaration.declarations.find(
        ({ id }) => id.type === "Identifier" && id.name === name
      );
      if (declarator?.id.type !== "Identifier")
        return { members: [], open: `${name} is taken out of another value` };
      const annotation = declarator.id.typeAnnotation?.typeAnnotation;
      if (annotation) return membersOfType(annotation, body);
      return declarator.init ? membersOfValue(declarator.init, body) : { members: [], open: `the type of ${name} is not known` };
    }
    case "TSImportEqualsDeclaration":
      return { members: [], open: `${name} stands for something else` };
    default:
      return { members: [] };
  }
}
function classStatics({
  body,
  superClass
}) {
  const members = body.body.flatMap((element) => {
    if (!("key" in element) || !element.static || element.key.type === "PrivateIdentifier") return [];
    const name = constantName(element.key, element.computed);
    return name ? [{ ...name, value: true, type: false }] : [];
  });
  return superClass ? { members, open: "the class inherits statics" } : { members };
}
function membersOfValue(value, body) {
  switch (value.type) {
    case "ObjectExpression": {
      const names = value.properties.map(
        (property) => property.type === "Property" ? constantName(property.key, property.computed) : void 0
      );
      const members = names.flatMap((name) => name ? [{ ...name, value: true, type: false }] : []);
      return names.includes(void 0) ? { members, open: "not every key is written out" } : { members };
    }
    case "ClassExpression":
      return classStatics(value);
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "Literal":
    case "TemplateLiteral":
      return { members: [] };
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return value.typeAnnotation.type === "TSTypeReference" || value.type === "TSSatisfiesExpression" ? membersOfValue(value.expression, body) : membersOfType(value.typeAnnotation, body);
    default:
      return { members: [], open: "the value is computed" };
  }
}
function membersOfType(type, body, depth = 0) {
  if (type.type === "TSTypeLiteral") return signatureNames(type.members);
  if (type.type === "TSFunctionType" || type.type === "TSConstructorType") return { members: [] };
  if (type.type === "TSIntersectionType" && depth < MAX_DEPTH) {
    return union(type.types.map((part) => membersOfType(part, body, depth + 1)));
  }
  if (type.type !== "TSTypeReference" || type.typeName.type !== "Identifier" || depth >= MAX_DEPTH)
    return NOT_WRITTEN_OUT;
  const { name } = type.typeName;
  const declarations = body.map(unwrap).filter((statement) => declares(statement, name));
  const parts = declarations.flatMap((declaration) => {
    if (declaration.type === "TSTypeAliasDeclaration")
      return [membersOfType(declaration.typeAnnotation, body, depth + 1)];
    if (declaration.type !== "TSInterfaceDeclaration")
      return declaration.type === "ClassDeclaration" ? [NOT_WRITTEN_OUT] : [];
    const own = signatureNames(declaration.body.body);
    return [declaration.extends.length > 0 ? { ...own, open: `${name} inherits members` } : own];
  });
  return parts.length > 0 ? union(parts) : NOT_WRITTEN_OUT;
}
var MAX_DEPTH = 8;
var NOT_WRITTEN_OUT = { members: [], open: "its type is not written out here" };
function signatureNames(signatures) {
  let open;
  const members = signatures.flatMap((signature) => {
    if (signature.type === "TSIndexSignature") open = "an index signature allows any name";
    if (signature.type !== "TSPropertySignature" && signature.type !== "TSMethodSignature") return [];
    const name = constantName(signature.key, signature.computed);
    return name ? [{ ...name, value: true, type: false }] : [];
  });
  return { members, ...open !== void 0 && { open } };
}
function union(parts) {
  const members = parts.reduce((all, part) => mergeMembers(all, part.members), []);
  const open = parts.find((part) => part.open !== void 0)?.open;
  return { members, ...open !== void 0 && { open } };
}

// packages/engine/src/parse/exports/link-exports.ts
function linkExports(syntax, context) {
  const indices = new Map(context.requests.map(({ start }, index) => [start, index]));
  const imports = /* @__PURE__ */ new Map();
  for (const { bindings, start, typeOnly } of syntax.requests) {
    for (const binding of bindings) {
      imports.set(binding.local, {
        ...binding,
        typeOnly: typeOnly || binding.typeOnly,
        request: indices.get(start) ?? 0
      });
    }
  }
  return syntax.exports.map((entry) => linkExport(entry, imports, indices, context));
}
function linkExport(entry, imports, indices, context) {
  if (entry.kind === "local") return linkLocal(entry, imports, context);
  if (entry.kind === "assignment") return linkAssignment(entry, imports, context);
  const { specifierStart, kind, typeOnly, start, end } = entry;
  const target = { request: indices.get(specifierStart) ?? 0, typeOnly, start, end };
  if (kind === "star") return { kind: "star", ...target };
  if (kind === "namespace") return { kind: "namespace", name: entry.name, ...target };
  return { kind: "indirect", name: entry.name, importName: entry.importName, ...target };
}
function linkLocal({ name, local, typeOnly, byValue, start, end }, imports, context) {
  const imported = local === void 0 || byValue && !context.defaultIsAlias ? void 0 : imports.get(local);
  const span = { start, end };
  if (!imported) return { kind: "local", name, ...local !== void 0 && { local }, typeOnly, ...span };
  const target = { request: imported.request, typeOnly: typeOnly || imported.typeOnly, ...span };
  if (imported.imported === void 0) return { kind: "namespace", name, ...target };
  return { kind: "indirect", name, importName: imported.imported, ...target };
}
function linkAssignment(entry, imports, context) {
  const { expression, start, end } = entry;
  const imported = expression.type === "Identifier" ? imports.get(expression.name) : void 0;
  if (imported?.imported === void 0 && imported) {
    return { kind: "assignment", request: imported.request, members: [], start, end };
  }
  return { kind: "assignment", ...context.assigned(entry), start, end };
}

// packages/engine/src/parse/exports/ambient-modules.ts
function ambientBlocks(body, text) {
  return body.flatMap((statement) => {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type !== "TSModuleDeclaration" || node.id.type !== "Literal") return [];
    return [
      { node, specifier: String(node.id.value), syntax: syntaxFromTree(blockOf(node.body), text, true) }
    ];
  });
}
function ambientModule({ node, specifier, syntax }, text, requests, augments) {
  const { start, end } = node.id;
  const body = blockOf(node.body);
  const context = { text, ambient: true };
  if (!node.body) {
    const open = {
      kind: "assignment",
      members: [],
      open: "declared without a body: any name has type any",
      start,
      end
    };
    return { specifier, augments, exports: [open], locals: [], start, end };
  }
  const exports = linkExports(syntax, {
    requests,
    defaultIsAlias: true,
    assigned: ({ expression }) => assignedMembers(expression, body, context)
  });
  return { specifier, augments, exports, locals: localDeclarations(body, context), start, end };
}

// packages/engine/src/parse/exports/module-syntax.ts
var SOURCE_PHASE = /^import\s+source\s+(?!from\s*['"])/;

// packages/engine/src/parse/exports/syntax-from-record.ts
function syntaxFromRecord(module, text) {
  const requests = /* @__PURE__ */ new Map();
  for (const statement of module.staticImports) {
    requests.set(statement.moduleRequest.start, importRequest2(statement, text));
  }
  const exports = [];
  for (const entry of module.staticExports.flatMap(({ entries }) => entries)) {
    if (entry.moduleRequest) addReexport(requests, entry);
    exports.push(exportSyntax(entry));
  }
  return { requests: [...requests.values()], exports };
}
function importRequest2({ start, end, moduleRequest, entries }, text) {
  const source = SOURCE_PHASE.test(text.slice(start, end));
  const names = [];
  const bindings = [];
  for (const { importName, localName } of source ? [] : entries) {
    const imported = importName.kind === "Default" ? "default" : importName.kind === "Name" ? importName.name : null;
    const binding = { local: localName.value, typeOnly: false, start: localName.start, end: localName.end };
    bindings.push(imported === null ? binding : { ...binding, imported });
    if (imported === null) continue;
    const via = importName.kind === "Default" ? "default" : "named";
    names.push({ name: imported, typeOnly: false, via, ...spanOf2(importName, localName) });
  }
  return {
    specifier: moduleRequest.value,
    form: "import",
    typeOnly: false,
    names,
    bindings,
    ...spanOf2(moduleRequest, moduleRequest)
  };
}
function addReexport(requests, { moduleRequest, importName }) {
  const { value: specifier, start, end } = moduleRequest;
  const present = requests.get(start);
  if (present?.form === "import") return;
  const form = importName.kind === "AllButDefault" ? "export-star" : "export-from";
  const base = present ?? {
    specifier,
    form,
    typeOnly: false,
    names: [],
    bindings: [],
    start,
    end
  };
  if (importName.kind === "All") {
    requests.set(start, { ...base, passesNamespace: true });
  } else if (importName.kind === "Name") {
    const name = {
      name: importName.name,
      typeOnly: false,
      via: "named",
      ...spanOf2(importName, moduleRequest)
    };
    requests.set(start, { ...base, names: [...base.names, name] });
  } else {
    requests.set(start, base);
  }
}
function exportSyntax(entry) {
  const { moduleRequest, importName, exportName, localName } = entry;
  const span = spanOf2(exportName, entry);
  const name = exportName.kind === "Default" ? "default" : exportName.name ?? "";
  if (!moduleRequest) {
    const local = localName.name === null ? {} : { local: localName.name };
    const byValue = exportName.kind === "Default" ? { byValue: true } : {};
    return { kind: "local", name, ...local, ...byValue, typeOnly: false, ...span };
  }
  const target = { specifierStart: moduleRequest.start, typeOnly: false };
  if (importName.kind === "AllButDefault")
    return { kind: "star", ...target, start: entry.start, end: entry.end };
  if (importName.kind === "All") return { kind: "namespace", name, ...target, ...span };
  return { kind: "from", name, importName: importName.name ?? "default", ...target, ...span };
}
function spanOf2(name, fallback) {
  return { start: name.start ?? fallback.start, end: name.end ?? fallback.end };
}

// packages/engine/src/parse/needs-tree.ts
var REQUESTS = /require|\b(?:vi|vitest|jest)\s*\./i;
var EXPORTS = /export|\bmodule\b|\bthis\s*[.[]/;
var EMPTY_REEXPORT = /\bexport\s*\{\s*\}\s*from\b/;
var META = /\bURL\b|\bresolve\b/;
function needsTree({ text, module }) {
  if (module.dynamicImports.length > 0 || REQUESTS.test(text)) return true;
  if (!module.hasModuleSyntax) return EXPORTS.test(text);
  if (module.importMetas.length > 0 && META.test(text)) return true;
  if (EMPTY_REEXPORT.test(text)) return true;
  return module.staticImports.some(
    ({ entries }) => entries.some(({ importName }) => importName.kind === "NamespaceObject")
  );
}

// packages/engine/src/parse/parse-source.ts
import { parseSync } from "oxc-parser";
function parseSource(text, language, extension) {
  const masked = maskPreamble(text);
  let first;
  for (const sourceType of sourceTypes(language, extension)) {
    const source = attempt(masked, language, sourceType);
    if (!source.syntaxError) return source;
    first ??= source;
    if (sourceType === "unambiguous" && source.module.hasModuleSyntax) break;
  }
  return first;
}
function sourceTypes(language, extension) {
  if (extension === "mjs" || extension === "mts" || language === "dts") return ["module"];
  if (extension === "cjs") return ["commonjs", "unambiguous"];
  if (language === "ts" || language === "tsx") return ["module", "unambiguous"];
  return ["unambiguous", "commonjs"];
}
function attempt(text, language, sourceType) {
  const typed = language === "ts" || language === "tsx" || language === "dts";
  const lang = typed ? language : "jsx";
  const result = parseSync("module", text, {
    lang,
    sourceType,
    astType: typed ? "ts" : "js",
    preserveParens: false
  });
  const syntaxError = syntaxErrorOf(result, typed, text);
  return {
    text,
    language,
    get module() {
      return result.module;
    },
    get program() {
      return result.program;
    },
    get comments() {
      return result.comments;
    },
    ...syntaxError && { syntaxError }
  };
}
function syntaxErrorOf(result, typed, text) {
  const error = result.errors.find(({ severity }) => severity === "Error");
  if (!error || typed && result.program.body.length > 0) return void 0;
  const label = error.labels[0];
  const start = Math.min(label?.start ?? 0, text.length);
  return { message: error.message, start, end: Math.min(Math.max(label?.end ?? 0, start), text.length) };
}
function maskPreamble(text) {
  if (text.charCodeAt(0) !== 65279) return text;
  return text.startsWith("#!", 1) ? ` //${text.slice(3)}` : ` ${text.slice(1)}`;
}

// packages/engine/src/parse/requests/reference-directives.ts
var DIRECTIVE = /^\/\s*<reference\s[^>]*?\b(types|path)\s*=\s*(["'])(.*?)\2/;
function referenceDirectives(comments, firstStatement) {
  return comments.flatMap((comment) => {
    const match = comment.type === "Line" && comment.start < firstStatement ? DIRECTIVE.exec(comment.value) : null;
    if (!match) return [];
    const [whole, kind, , target = ""] = match;
    const end = comment.start + 2 + whole.length;
    const specifier = kind === "path" && !/^\.{0,2}\//.test(target) ? `./${target}` : target;
    const draft = requestDraft(specifier, "reference", { start: end - target.length - 2, end });
    draft.typeOnly = true;
    return [draft];
  });
}
function mayHaveReferences(text) {
  return text.includes("<reference");
}

// packages/engine/src/parse/requests/namespace-uses.ts
var NamespaceUses = class {
  names = [];
  tested = /* @__PURE__ */ new Set();
  escapes = false;
  /** Whether anything looks at the namespace at all. */
  bound = false;
  #index;
  #followed = /* @__PURE__ */ new Set();
  constructor(index) {
    this.#index = index;
  }
  /** `node` evaluates to the namespace: looks at what the code around it does with that. */
  value(node, seen = {}) {
    const { parent } = node;
    switch (parent?.type) {
      case "ExpressionStatement":
        return;
      case "TSAsExpression":
      case "TSTypeAssertion":
        return this.value(parent, hidesType(parent.typeAnnotation) ? { ...seen, soft: true } : seen);
      case "ChainExpression":
      case "TSNonNullExpression":
      case "TSSatisfiesExpression":
      case "TSInstantiationExpression":
      case "AwaitExpression":
        return this.value(parent, seen);
      case "SequenceExpression":
        return parent.expressions.at(-1) === node ? this.value(parent, seen) : void 0;
      case "UnaryExpression":
        if (parent.operator === "void") return;
        break;
    }
    this.bound = true;
    const known = this.#read(node, node.parent, seen) || this.#passOn(node, node.parent, seen);
    if (!known && !isProbed(node, node.parent)) this.escapes = true;
  }
  /** Uses that read a known member. */
  #read(node, parent, seen) {
    switch (parent?.type) {
      case "MemberExpression":
        if (parent.object === node) this.#member(parent, seen);
        return parent.object === node;
      case "JSXMemberExpression":
        if (parent.object === node)
          this.#ask(nameOf(parent.property), { via: "member", typeOnly: false }, seen);
        return true;
      case "TSQualifiedName":
        if (parent.left === node) this.#qualified(parent, seen);
        return true;
      case "BinaryExpression": {
        if (parent.operator !== "in" || parent.right !== node) return false;
        const tested = constantString(parent.left);
        if (tested !== void 0) this.tested.add(tested);
        return true;
      }
      case "CallExpression":
        return this.#hasOwn(node, parent);
      default:
        return false;
    }
  }
  /** Uses that give the namespace another name, or another shape, in sight. */
  #passOn(node, parent, seen) {
    switch (parent?.type) {
      case "VariableDeclarator":
        if (parent.init === node) this.pattern(parent.id, void 0, seen);
        return parent.init === node;
      case "AssignmentExpression":
        if (parent.right !== node || !/^(\|\||\?\?)?=$/.test(parent.operator)) return false;
        this.pattern(parent.left, parent, seen);
        if (parent.parent?.type !== "ExpressionStatement") this.value(parent, seen);
        return true;
      case "LogicalExpression":
        if (parent.left === node && parent.operator === "&&") return true;
        this.value(parent, { ...seen, soft: true });
        return true;
      case "ConditionalExpression":
        if (parent.test !== node) this.value(parent, { ...seen, soft: true });
        return true;
      case "TSImportEqualsDeclaration":
        this.binding(parent.id, void 0, seen);
        return true;
      case "CallExpression": {
        const kind = parent.arguments[0] === node ? helperKind(parent.callee) : void 0;
        if (kind) this.value(parent, kind === "default" ? { ...seen, onlyDefault: true } : seen);
        return kind !== void 0;
      }
      default:
        return false;
    }
  }
  /** The namespace goes into a binding pattern or an assignment target; `write` is the assignment where it is one. */
  pattern(pattern, write, seen = {}) {
    this.bound = true;
    if (pattern.type === "Identifier") this.binding(pattern, write, seen);
    else if (pattern.type === "ObjectPattern") this.#destructured(pattern, seen);
    else this.escapes = true;
  }
  /**
   * Follows a name that holds the namespace. If anything else is ever assigned to it, or the module exports it, what is read
   * from it tells nothing.
   *
   * @param id where the name is declared, or the assignment's target
   */
  binding(id, write, seen = {}) {
    this.bound = true;
    const binding = write ? this.#index.bindingOf(id) : this.#index.bindingAt(id.start);
    if (!binding || !isOnlyThis(this.#index, binding, write)) {
      this.escapes = true;
      return;
    }
    if (this.#followed.has(binding)) return;
    this.#followed.add(binding);
    if (binding.sites.some(({ owner }) => isExportedDeclaration(owner))) this.escapes = true;
    for (const reference of this.#index.referencesTo(binding))
      if (!isWritten(reference)) this.value(reference, seen);
  }
  #destructured(pattern, seen) {
    for (const property of pattern.properties) {
      if (property.type === "RestElement") {
        this.escapes = true;
        continue;
      }
      const name = constantName(property.key, property.computed);
      const soft = property.value.type === "AssignmentPattern" || seen.soft === true;
      this.#ask(name, { via: "destructured", typeOnly: false }, { ...seen, soft });
    }
  }
  #member(member, seen) {
    if (isWritten(member)) return;
    const name = memberName(member);
    const call = outermost(member).parent;
    if (name?.name === "hasOwnProperty" && call?.type === "CallExpression") {
      const tested = constantString(call.arguments[0]);
      if (tested !== void 0) this.tested.add(tested);
    } else if (name && isFeatureTest(member)) {
      this.tested.add(name.name);
    } else {
      this.#ask(name, { via: "member", typeOnly: isHeritageType(member) }, seen);
    }
  }
  /** `ns.T` in a type; `import a = ns.b` is a value as well, if there is one. */
  #qualified(node, seen) {
    let whole = node;
    while (whole.parent?.type === "TSQualifiedName") whole = whole.parent;
    const typeOnly = whole.parent?.type !== "TSImportEqualsDeclaration";
    this.#ask(nameOf(node.right), { via: "member", typeOnly }, seen);
  }
  /** `Object.hasOwn(ns, 'a')`, `Object.prototype.hasOwnProperty.call(ns, 'a')`. */
  #hasOwn(node, call) {
    if (call.arguments[0] !== node || call.callee.type !== "MemberExpression") return false;
    const { callee } = call;
    const indirect = memberName(callee)?.name === "call" && calleeName(callee.object) === "hasOwnProperty";
    if (!indirect && !isMember(callee, "Object", "hasOwn") && !isMember(callee, "Reflect", "has"))
      return false;
    const tested = constantString(call.arguments[1]);
    if (tested !== void 0) this.tested.add(tested);
    return true;
  }
  #ask(name, how, seen) {
    if (!name || seen.onlyDefault && name.name !== "default") this.escapes = true;
    else this.names.push({ ...name, ...how, ...seen.soft && { optional: true } });
  }
};
function isProbed(node, parent) {
  if (parent?.type === "IfStatement" || parent?.type === "WhileStatement") return parent.test === node;
  if (parent?.type === "UnaryExpression") return true;
  return parent?.type === "BinaryExpression" && /^[!=]==?$/.test(parent.operator);
}
function hidesType(type) {
  return type.type === "TSAnyKeyword" || type.type === "TSUnknownKeyword";
}
function nameOf(node) {
  return "name" in node && typeof node.name === "string" ? { name: node.name, start: node.start, end: node.end } : void 0;
}
function helperKind(callee) {
  const own = interopKind(calleeName(callee));
  const called = innermost(callee);
  return own ?? (called.type === "MemberExpression" ? interopKind(calleeName(called.object)) : void 0);
}
function isOnlyThis(index, binding, write) {
  const [site, ...others] = binding.sites;
  if (!site || others.length > 0 || site.kind === "class" || site.kind === "function") return false;
  if (write && site.kind === "parameter") return false;
  if (write && site.owner.type === "VariableDeclarator" && (site.owner.init || site.owner.id !== site.id))
    return false;
  return index.referencesTo(binding).every((use) => !isWritten(use) || write !== void 0 && use.parent === write);
}
function isExportedDeclaration(owner) {
  const declaration = owner.type === "VariableDeclarator" ? owner.parent : owner;
  return declaration?.parent?.type === "ExportNamedDeclaration";
}

// packages/engine/src/parse/requests/static-requests.ts
function staticRequests(requests, index) {
  return requests.map((request) => {
    const draft = requestDraft(request.specifier, request.form, request);
    draft.typeOnly = request.typeOnly;
    draft.names = [...request.names];
    if (request.passesNamespace) draft.namespace = "escapes";
    for (const { imported, start } of request.bindings) {
      if (imported !== void 0) continue;
      const id = index?.bindingAt(start)?.sites.find((site) => site.id.start === start)?.id;
      const uses = index && new NamespaceUses(index);
      if (id) uses?.binding(id);
      applyUses(draft, uses);
    }
    return draft;
  });
}
function applyUses(draft, uses) {
  if (!uses) {
    draft.namespace = "escapes";
    return;
  }
  draft.names.push(...uses.names);
  draft.tested = uses.tested;
  if (uses.bound) draft.namespace = uses.escapes ? "escapes" : "members";
}

// packages/engine/src/parse/requests/guards.ts
function isCaught(node) {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "TryStatement" && parent.block === current && parent.handler) return true;
    if (isFunction(current) && !isCalledOnTheSpot(current)) return false;
  }
  return false;
}
function isCalledOnTheSpot(node) {
  const whole = outermost(node);
  const { parent } = whole;
  if (parent?.type === "CallExpression") return parent.callee === whole;
  return parent?.type === "MemberExpression" && parent.object === whole && parent.parent?.type === "CallExpression";
}
var WRAPPER_TEST = /\btypeof\s+(?:require|exports|module|define)\b/;
function isBehindWrapperTest(node, text) {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "ConditionalExpression" || parent.type === "IfStatement") {
      if (parent.test !== current && WRAPPER_TEST.test(text.slice(parent.test.start, parent.test.end)))
        return true;
    } else if (parent.type === "LogicalExpression" && parent.right === current) {
      if (WRAPPER_TEST.test(text.slice(parent.left.start, parent.left.end))) return true;
    }
  }
  return false;
}

// packages/engine/src/parse/requests/mock-specifier.ts
var VITEST = /* @__PURE__ */ new Set(["mock", "doMock", "unmock", "doUnmock", "importActual", "importMock"]);
var JEST = /* @__PURE__ */ new Set([
  "mock",
  "doMock",
  "unmock",
  "dontMock",
  "deepUnmock",
  "setMock",
  "requireActual",
  "requireMock",
  "createMockFromModule",
  "genMockFromModule",
  "unstable_mockModule",
  "unstable_unmockModule"
]);
var METHODS = /* @__PURE__ */ new Map([
  ["vi", VITEST],
  ["vitest", VITEST],
  ["jest", JEST]
]);
function mockSpecifier(call, index) {
  const callee = innermost(call.callee);
  const method = calleeName(callee);
  if (callee.type !== "MemberExpression" || method === void 0) return void 0;
  const root = rootOf(callee.object);
  if (root?.type !== "Identifier" || !METHODS.get(root.name)?.has(method)) return void 0;
  const binding = index.bindingOf(root);
  if (binding && binding.sites[0]?.kind !== "import") return void 0;
  return isVirtual(call.arguments[2]) ? void 0 : call.arguments[0];
}
function rootOf(node) {
  if (node.type !== "CallExpression") return node;
  return node.callee.type === "MemberExpression" ? rootOf(node.callee.object) : void 0;
}
function isVirtual(options) {
  if (options?.type !== "ObjectExpression") return false;
  return options.properties.some(
    (property) => property.type === "Property" && constantName(property.key, property.computed)?.name === "virtual" && !(property.value.type === "Literal" && property.value.value === false)
  );
}

// packages/engine/src/parse/requests/promise-uses.ts
var PromiseUses = class {
  caught = false;
  #index;
  #uses;
  #followed = /* @__PURE__ */ new Set();
  constructor(index, uses) {
    this.#index = index;
    this.#uses = uses;
  }
  promise(inner) {
    const node = outermost(inner);
    const { parent } = node;
    switch (parent?.type) {
      case "AwaitExpression":
        return this.#uses.value(parent);
      case "ExpressionStatement":
        return;
      case "UnaryExpression":
        if (parent.operator === "void") return;
        break;
      case "MemberExpression":
        if (parent.object === node && this.#method(memberName(parent)?.name, parent)) return;
        break;
      case "VariableDeclarator":
        if (parent.init === node && this.#variable(parent)) return;
        break;
      case "ArrayExpression":
        if (this.#all(
          parent,
          parent.elements.findIndex((element) => element === node)
        ))
          return;
        break;
    }
    this.#escape();
  }
  #escape() {
    this.#uses.bound = true;
    this.#uses.escapes = true;
  }
  #method(name, member) {
    const call = outermost(member).parent;
    if (call?.type !== "CallExpression" || call.callee !== outermost(member)) return false;
    if (name === "catch") this.caught = true;
    if (name === "then") {
      if (call.arguments.length > 1) this.caught = true;
      this.#callback(call.arguments[0], (parameter) => this.#uses.pattern(parameter, void 0));
      this.#noteLaterCatch(call);
      return true;
    }
    if (name !== "catch" && name !== "finally") return false;
    this.promise(call);
    return true;
  }
  /** What the callback's first parameter is, if it has one. */
  #callback(callback, receive) {
    if (!callback || !isFunction(callback)) return this.#escape();
    const [parameter] = callback.params;
    if (parameter) receive(parameter);
  }
  /** `.then(…).catch(…)` provides for the import's failing too. */
  #noteLaterCatch(call) {
    const member = outermost(call).parent;
    if (member?.type !== "MemberExpression" || member.object !== outermost(call)) return;
    const next = outermost(member).parent;
    if (next?.type !== "CallExpression") return;
    const name = memberName(member)?.name;
    if (name === "catch" || name === "then" && next.arguments.length > 1) this.caught = true;
    else if (name === "then" || name === "finally") this.#noteLaterCatch(next);
  }
  /** `const p = import('x')`: each use of p is a use of the promise. */
  #variable({ id, parent }) {
    const binding = this.#index.bindingAt(id.start);
    if (id.type !== "Identifier" || !binding || parent?.parent?.type === "ExportNamedDeclaration")
      return false;
    const references = this.#index.referencesTo(binding);
    if (binding.sites.length > 1 || references.some(isWritten)) return false;
    if (this.#followed.has(binding)) return true;
    this.#followed.add(binding);
    this.#uses.bound = true;
    for (const reference of references) this.promise(reference);
    return true;
  }
  /** `const [{ a }, b] = await Promise.all([import('x'), import('y')])`, and the same with `.then(([{ a }, b]) => …)`. */
  #all(array, position) {
    const call = array.parent;
    if (call?.type !== "CallExpression" || call.arguments[0] !== array || !isMember(call.callee, "Promise", "all"))
      return false;
    const user = outermost(call).parent;
    if (user?.type === "ExpressionStatement") return true;
    if (user?.type === "AwaitExpression") {
      const target = outermost(user).parent;
      if (target?.type === "ExpressionStatement") return true;
      return target?.type === "VariableDeclarator" && this.#element(target.id, position);
    }
    if (user?.type !== "MemberExpression" || memberName(user)?.name !== "then") return false;
    const then = outermost(user).parent;
    const callback = then?.type === "CallExpression" ? then.arguments[0] : void 0;
    return isFunction(callback) && callback.params[0] !== void 0 && this.#element(callback.params[0], position);
  }
  #element(pattern, position) {
    if (pattern.type !== "ArrayPattern") return false;
    const element = pattern.elements[position];
    if (element) this.#uses.pattern(element, void 0);
    return !pattern.elements.slice(0, position + 1).some((other) => other?.type === "RestElement");
  }
};

// packages/engine/src/parse/requests/require-functions.ts
function requireFunctions(index) {
  const created = index.calls.filter((call) => isCreateRequire(call, index));
  return [
    ...index.freeReferences("require"),
    ...created.flatMap((call) => [call, ...referencesToResult(call, index)])
  ];
}
function isCreateRequire({ callee, arguments: [from] }, index) {
  if (!from) return false;
  if (calleeName(callee) === "createRequire") return true;
  const called = innermost(callee);
  const owner = index.bindingOf(called)?.sites[0]?.owner;
  return owner?.type === "ImportSpecifier" && owner.imported.type === "Identifier" && owner.imported.name === "createRequire";
}
function referencesToResult(call, index) {
  const whole = outermost(call);
  const { parent } = whole;
  if (parent?.type === "VariableDeclarator" && parent.init === whole && parent.id.type === "Identifier") {
    const binding2 = index.bindingAt(parent.id.start);
    return binding2 ? index.referencesTo(binding2) : [];
  }
  if (parent?.type !== "AssignmentExpression" || parent.right !== whole) return [];
  const binding = index.bindingOf(parent.left);
  return binding ? index.referencesTo(binding) : [];
}

// packages/engine/src/parse/requests/tree-requests.ts
function treeRequests(index, context) {
  const requires = requireFunctions(index).flatMap((reference) => requireRequest(reference, index, context));
  const mocks = index.calls.flatMap((call) => mockRequest(call, index));
  const mocked = new Set(mocks.map(({ start }) => start));
  const dynamic = index.dynamicImports.flatMap(
    (node) => mocked.has(node.source.start) ? [] : dynamicRequest(node, index)
  );
  return [
    ...requires,
    ...mocks,
    ...dynamic,
    ...index.importTypes.map(importTypeRequest),
    ...index.news.flatMap((node) => urlRequest(node, index)),
    ...index.calls.flatMap(metaResolveRequest)
  ];
}
function draftOf(source, form, node) {
  const specifier = constantString(source);
  if (specifier === void 0 || !source) return [];
  const draft = requestDraft(specifier, form, source);
  draft.guarded = isCaught(node);
  return [draft];
}
function dynamicRequest(node, index) {
  const [draft] = draftOf(node.source, "dynamic-import", node);
  if (!draft || node.phase === "source") return draft ? [draft] : [];
  const uses = new NamespaceUses(index);
  const promise = new PromiseUses(index, uses);
  promise.promise(node);
  applyUses(draft, uses);
  draft.guarded ||= promise.caught;
  return [draft];
}
function requireRequest(reference, index, context) {
  const whole = outermost(reference);
  const { parent } = whole;
  const guarded = context.hasModuleSyntax && isBehindWrapperTest(reference, context.text);
  if (parent?.type === "MemberExpression" && parent.object === whole && memberName(parent)?.name === "resolve") {
    const call = outermost(parent).parent;
    if (call?.type !== "CallExpression" || call.callee !== outermost(parent)) return [];
    const drafts = draftOf(call.arguments[0], "require-resolve", call);
    for (const draft2 of drafts) draft2.guarded ||= guarded;
    return drafts;
  }
  if (parent?.type !== "CallExpression" || parent.callee !== whole) return [];
  const [draft] = draftOf(parent.arguments[0], "require", parent);
  if (!draft) return [];
  const uses = new NamespaceUses(index);
  uses.value(parent);
  applyUses(draft, uses);
  draft.guarded ||= guarded;
  return [draft];
}
function mockRequest(call, index) {
  const argument = mockSpecifier(call, index);
  const source = argument?.type === "ImportExpression" ? argument.source : argument;
  return draftOf(source, "mock", call);
}
function importTypeRequest(node) {
  const draft = requestDraft(String(node.source.value), "import-type", node.source);
  draft.typeOnly = true;
  let first = node.qualifier;
  while (first?.type === "TSQualifiedName") first = first.left;
  const name = first?.type === "Identifier" ? { name: first.name, start: first.start, end: first.end } : indexedName(node);
  if (name) draft.names = [{ ...name, typeOnly: true, via: "member" }];
  draft.namespace = name ? "members" : "escapes";
  return draft;
}
function indexedName(node) {
  const query = node.parent;
  const access = query?.type === "TSTypeQuery" ? query.parent : void 0;
  if (access?.type !== "TSIndexedAccessType" || access.objectType !== query || access.indexType.type !== "TSLiteralType")
    return void 0;
  const { literal } = access.indexType;
  const name = constantString(literal);
  return name === void 0 ? void 0 : { name, start: literal.start, end: literal.end };
}
function urlRequest(node, index) {
  const [source, base] = node.arguments;
  if (!index.isFree(node.callee, "URL") || !base) return [];
  const origin = innermost(base);
  if (origin.type !== "MemberExpression" || !isImportMeta(origin.object) || memberName(origin)?.name !== "url")
    return [];
  return draftOf(source, "url", node);
}
function metaResolveRequest(call) {
  const callee = innermost(call.callee);
  if (callee.type !== "MemberExpression" || memberName(callee)?.name !== "resolve" || !isImportMeta(callee.object))
    return [];
  return draftOf(call.arguments[0], "meta-resolve", call);
}
function isImportMeta(node) {
  return node.type === "MetaProperty" && node.meta.name === "import";
}

// packages/engine/src/parse/tree/index-tree.ts
import { visitorKeys as visitorKeys2 } from "oxc-parser";

// packages/engine/src/parse/tree/scope.ts
var Scope = class {
  parent;
  holdsVars;
  #bindings;
  constructor(parent, holdsVars) {
    this.parent = parent;
    this.holdsVars = holdsVars;
  }
  declare(name, site) {
    this.#bindings ??= /* @__PURE__ */ new Map();
    let binding = this.#bindings.get(name);
    if (!binding) this.#bindings.set(name, binding = { name, scope: this, sites: [] });
    binding.sites.push(site);
    return binding;
  }
  /** The binding that a name means here; undefined for a free name, that is a global. */
  resolve(name) {
    return this.#bindings?.get(name) ?? this.parent?.resolve(name);
  }
  varScope() {
    return this.holdsVars || !this.parent ? this : this.parent.varScope();
  }
};

// packages/engine/src/parse/tree/tree-index.ts
var TreeIndex = class {
  calls = [];
  news = [];
  dynamicImports = [];
  importTypes = [];
  /** `this` outside of every function: a CommonJS module's exports. */
  topLevelThis = [];
  /** By name, then by node. */
  #references = /* @__PURE__ */ new Map();
  #bindings = /* @__PURE__ */ new Map();
  #resolved = /* @__PURE__ */ new Map();
  /** A name used as a value or in a type: an Identifier, or a JSXIdentifier that names a component. */
  addReference(name, node, scope) {
    const named2 = this.#references.get(name);
    if (named2) named2.set(node, scope);
    else this.#references.set(name, /* @__PURE__ */ new Map([[node, scope]]));
  }
  addBinding(id, binding) {
    this.#bindings.set(id.start, binding);
  }
  /** The binding that the identifier at this offset declares. */
  bindingAt(start) {
    return this.#bindings.get(start);
  }
  /** Every use of a binding, its writes included, its declarations not. */
  referencesTo(binding) {
    let found = this.#resolved.get(binding);
    if (!found) this.#resolved.set(binding, found = this.#referencesWhere(binding.name, binding));
    return found;
  }
  /** Uses of a name that no scope of the file declares. */
  freeReferences(name) {
    return this.#referencesWhere(name, void 0);
  }
  #referencesWhere(name, binding) {
    const found = [];
    for (const [node, scope] of this.#references.get(name) ?? [])
      if (scope.resolve(name) === binding) found.push(node);
    return found;
  }
  /** The binding that an identifier in the tree refers to; undefined for a global. */
  bindingOf(node) {
    if (node.type !== "Identifier") return void 0;
    return this.#references.get(node.name)?.get(node)?.resolve(node.name);
  }
  /** An identifier that refers to no binding of the file. */
  isFree(node, name) {
    return node?.type === "Identifier" && node.name === name && !this.bindingOf(node);
  }
};

// packages/engine/src/parse/tree/visit-type.ts
function visitType(walker, node, scope) {
  switch (node.type) {
    case "TSImportType":
      walker.index.importTypes.push(node);
      return walker.visit(node.typeArguments, node, scope);
    case "TSQualifiedName":
      setParent(node.right, node);
      return walker.visit(node.left, node, scope);
    case "TSModuleDeclaration": {
      const id = node.id.type === "TSQualifiedName" ? leftmost(node.id) : node.id;
      if (id.type === "Identifier" && node.kind !== "global")
        walker.declare(id, { owner: node, kind: "other" }, scope);
      return walker.visit(node.body, node, new Scope(scope, true));
    }
    case "TSEnumDeclaration":
      walker.declare(node.id, { owner: node, kind: "other" }, scope);
      for (const member of node.body.members) walker.visit(member.initializer, member, scope);
      return;
    case "TSFunctionType":
    case "TSConstructorType":
    case "TSCallSignatureDeclaration":
    case "TSConstructSignatureDeclaration":
    case "TSMethodSignature":
      return walker.visitSignature(node, scope);
    case "TSIndexSignature":
      for (const parameter of node.parameters) walker.visit(parameter.typeAnnotation, node, scope);
      return walker.visit(node.typeAnnotation, node, scope);
    case "TSPropertySignature":
      walker.visitKey(node.key, node, node.computed, scope);
      return walker.visit(node.typeAnnotation, node, scope);
    // What is left out names something: a declared type, a parameter, a label.
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
      return walker.visitChildren(node, scope, "id");
    case "TSTypeParameter":
      return walker.visitChildren(node, scope, "name");
    case "TSMappedType":
      return walker.visitChildren(node, scope, "key");
    case "TSTypePredicate":
      return walker.visitChildren(node, scope, "parameterName");
    case "TSNamedTupleMember":
      return walker.visit(node.elementType, node, scope);
    default:
      return walker.visitChildren(node, scope);
  }
}
function setParent(node, parent) {
  node.parent = parent;
}
function leftmost(node) {
  return node.left.type === "TSQualifiedName" ? leftmost(node.left) : node.left;
}

// packages/engine/src/parse/tree/index-tree.ts
function indexTree(program) {
  const index = new TreeIndex();
  const top = new Scope(void 0, true);
  for (const statement of program.body) new Walker(index).visit(statement, program, top);
  return index;
}
var WRAPPER_NAMES = /* @__PURE__ */ new Set(["require", "module", "exports"]);
var Walker = class {
  index;
  /** How many functions and classes with a `this` of their own are around. */
  #receivers = 0;
  constructor(index) {
    this.index = index;
  }
  visit(node, parent, scope) {
    if (!node) return;
    setParent(node, parent);
    switch (node.type) {
      case "Identifier":
        return this.index.addReference(node.name, node, scope);
      case "ThisExpression":
        if (this.#receivers === 0) this.index.topLevelThis.push(node);
        return;
      case "CallExpression":
        this.index.calls.push(node);
        return this.visitChildren(node, scope);
      case "NewExpression":
        this.index.news.push(node);
        return this.visitChildren(node, scope);
      case "ImportExpression":
        this.index.dynamicImports.push(node);
        return this.visitChildren(node, scope);
      case "MemberExpression":
        this.visit(node.object, node, scope);
        return this.visitKey(node.property, node, node.computed, scope);
      case "Property":
        this.visitKey(node.key, node, node.computed, scope);
        return this.visit(node.value, node, scope);
      case "MethodDefinition":
      case "PropertyDefinition":
      case "AccessorProperty":
      case "TSAbstractMethodDefinition":
      case "TSAbstractPropertyDefinition":
      case "TSAbstractAccessorProperty":
        this.visitKey(node.key, node, node.computed, scope);
        return this.visitChildren(node, scope, "key");
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "TSDeclareFunction":
      case "TSEmptyBodyFunctionExpression":
        return this.#visitFunction(node, scope);
      case "VariableDeclaration":
        return this.#visitVariables(node, scope);
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#visitClass(node, scope);
      case "BlockStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "SwitchStatement":
        return this.visitChildren(node, new Scope(scope, false));
      case "StaticBlock":
        return this.visitChildren(node, new Scope(scope, true));
      case "CatchClause":
        return this.#visitCatch(node, scope);
      case "LabeledStatement":
        return this.visit(node.body, node, scope);
      default:
        return this.#visitModulePart(node, scope);
    }
  }
  #visitModulePart(node, scope) {
    switch (node.type) {
      case "ImportDeclaration":
        for (const specifier of node.specifiers) {
          setParent(specifier, node);
          this.declare(specifier.local, { owner: specifier, kind: "import" }, scope);
        }
        return;
      case "ExportNamedDeclaration":
        this.visit(node.declaration, node, scope);
        for (const specifier of node.source ? [] : node.specifiers) {
          setParent(specifier, node);
          this.visit(specifier.local, specifier, scope);
        }
        return;
      case "TSImportEqualsDeclaration":
        this.declare(node.id, { owner: node, kind: "import" }, scope);
        return this.visit(node.moduleReference, node, scope);
      case "BreakStatement":
      case "ContinueStatement":
      case "MetaProperty":
      case "ExportAllDeclaration":
      case "TSExternalModuleReference":
      case "TSNamespaceExportDeclaration":
        return;
      case "JSXOpeningElement":
        this.#visitTag(node.name, node, scope);
        return this.visitChildren(node, scope, "name");
      case "JSXAttribute":
        return this.visit(node.value, node, scope);
      case "JSXClosingElement":
        return;
      default:
        return visitType(this, node, scope);
    }
  }
  visitChildren(node, scope, except) {
    const fields = node;
    for (const key of visitorKeys2[node.type] ?? []) {
      if (key === except) continue;
      const child = fields[key];
      if (Array.isArray(child))
        for (const element of child) this.visit(element, node, scope);
      else this.visit(child, node, scope);
    }
  }
  visitKey(key, parent, computed, scope) {
    if (computed) this.visit(key, parent, scope);
    else setParent(key, parent);
  }
  #visitFunction(node, scope) {
    const inner = new Scope(scope, true);
    if (node.type !== "ArrowFunctionExpression" && node.id) {
      const ambient = node.declare && WRAPPER_NAMES.has(node.id.name);
      const home = node.type === "FunctionExpression" ? inner : scope;
      if (!ambient) this.declare(node.id, { owner: node, kind: "function" }, home);
    }
    const own = node.type === "ArrowFunctionExpression" ? 0 : 1;
    this.#receivers += own;
    this.visitSignature(node, scope, inner);
    if (node.body?.type === "BlockStatement") {
      setParent(node.body, node);
      this.visitChildren(node.body, inner);
    } else this.visit(node.body, node, inner);
    this.#receivers -= own;
  }
  visitSignature(node, scope, inner = new Scope(scope, true)) {
    const { params, key, computed, typeParameters, returnType } = node;
    if (key) this.visitKey(key, node, computed ?? false, scope);
    this.visit(typeParameters, node, inner);
    const site = { owner: node, kind: "parameter" };
    for (const parameter of params ?? []) this.#bindPattern(parameter, node, site, inner, inner);
    this.visit(returnType, node, inner);
  }
  #visitVariables(node, scope) {
    const home = node.kind === "var" ? scope.varScope() : scope;
    for (const declarator of node.declarations) {
      setParent(declarator, node);
      const { id } = declarator;
      if (node.declare && id.type === "Identifier" && WRAPPER_NAMES.has(id.name)) continue;
      this.#bindPattern(id, declarator, { owner: declarator, kind: "variable" }, home, scope);
      this.visit(declarator.init, declarator, scope);
    }
  }
  #visitClass(node, scope) {
    const home = node.type === "ClassExpression" && node.id ? new Scope(scope, false) : scope;
    if (node.id) this.declare(node.id, { owner: node, kind: "class" }, home);
    this.#receivers++;
    this.visitChildren(node, home, "id");
    this.#receivers--;
  }
  #visitCatch(node, scope) {
    const inner = new Scope(scope, false);
    if (node.param) this.#bindPattern(node.param, node, { owner: node, kind: "other" }, inner, inner);
    this.visit(node.body, node, inner);
  }
  /** Declares the names of a binding pattern in `home`; default values and types are read in `scope`. */
  #bindPattern(pattern, parent, site, home, scope) {
    setParent(pattern, parent);
    const bind = (inner) => {
      if (inner) this.#bindPattern(inner, pattern, site, home, scope);
    };
    if ("decorators" in pattern)
      for (const decorator of pattern.decorators ?? []) this.visit(decorator, pattern, scope);
    if ("typeAnnotation" in pattern) this.visit(pattern.typeAnnotation, pattern, scope);
    if (pattern.type === "Identifier") return this.declare(pattern, site, home);
    if (pattern.type === "TSParameterProperty") return bind(pattern.parameter);
    if (pattern.type === "RestElement") return bind(pattern.argument);
    if (pattern.type === "ArrayPattern") return pattern.elements.forEach(bind);
    if (pattern.type === "ObjectPattern") return pattern.properties.forEach(bind);
    if (pattern.type === "AssignmentPattern") {
      bind(pattern.left);
      return this.visit(pattern.right, pattern, scope);
    }
    if (pattern.type !== "Property") return this.visit(pattern, parent, scope);
    this.visitKey(pattern.key, pattern, pattern.computed, scope);
    bind(pattern.value);
  }
  /** `<ns.Tag>` and `<Tag>` use a binding; `<tag>` and `<svg:tag>` do not. */
  #visitTag(name, parent, scope) {
    setParent(name, parent);
    if (name.type === "JSXMemberExpression") {
      setParent(name.property, name);
      return this.#visitTag(name.object, name, scope);
    }
    if (name.type === "Identifier") return this.visit(name, parent, scope);
    if (name.type !== "JSXIdentifier" || parent.type === "JSXOpeningElement" && /^[a-z]/.test(name.name))
      return;
    this.index.addReference(name.name, name, scope);
  }
  declare(id, site, scope) {
    if (id.type !== "Identifier") return;
    if (!id.parent) setParent(id, site.owner);
    this.index.addBinding(id, scope.declare(id.name, { ...site, id }));
  }
};

// packages/engine/src/parse/script-record.ts
function scriptRecord(text, language, extension) {
  const source = parseSource(text, language, extension);
  if (source.syntaxError) return emptyRecord(language, source.syntaxError);
  const typed = language === "ts" || language === "tsx" || language === "dts";
  if (!typed && !needsTree(source)) return recordWithoutTree(source, extension);
  const index = indexTree(source.program);
  return typed ? typedRecord(source, index) : scriptTreeRecord(source, index, extension);
}
function recordWithoutTree(source, extension) {
  const { module, text, language } = source;
  const { hasModuleSyntax } = module;
  const syntax = syntaxFromRecord(module, text);
  const requests = finishRequests(
    [...staticRequests(syntax.requests, void 0), ...directives(source)],
    false
  );
  const exports = linkExports(syntax, { requests, defaultIsAlias: false, assigned: noMembers });
  const record2 = { ...emptyRecord(language), hasModuleSyntax, requests, exports };
  return hasModuleSyntax || extension === "mjs" ? record2 : { ...record2, commonjs: commonJsFacts(text, void 0) };
}
function scriptTreeRecord(source, index, extension) {
  const { module, program, text, language } = source;
  const { hasModuleSyntax } = module;
  const syntax = syntaxFromTree(program.body, text, false);
  const drafts = [
    ...staticRequests(syntax.requests, index),
    ...treeRequests(index, { text, hasModuleSyntax }),
    ...directives(source)
  ];
  const requests = finishRequests(drafts, false);
  const exports = linkExports(syntax, { requests, defaultIsAlias: false, assigned: noMembers });
  const record2 = { ...emptyRecord(language), hasModuleSyntax, requests, exports };
  return hasModuleSyntax || extension === "mjs" ? record2 : { ...record2, commonjs: commonJsFacts(text, index) };
}
function typedRecord(source, index) {
  const { program, text, language } = source;
  const body = program.body;
  const declaration = language === "dts";
  const hasModuleSyntax = source.module.hasModuleSyntax || body.some(isTypeScriptModuleSyntax);
  const syntax = syntaxFromTree(body, text, declaration && hasModuleSyntax);
  const blocks = ambientBlocks(body, text);
  const drafts = [
    ...staticRequests(syntax.requests, index),
    ...blocks.flatMap((block) => blockRequests(block, index, hasModuleSyntax)),
    ...treeRequests(index, { text, hasModuleSyntax }),
    ...directives(source)
  ];
  const requests = finishRequests(drafts, declaration);
  const context = { text, ambient: declaration };
  return {
    language,
    hasModuleSyntax,
    requests,
    exports: linkExports(syntax, {
      requests,
      defaultIsAlias: true,
      assigned: ({ expression }) => assignedMembers(expression, body, context)
    }),
    locals: localDeclarations(body, context),
    ambientModules: blocks.map((block) => ambientModule(block, text, requests, hasModuleSyntax))
  };
}
function isTypeScriptModuleSyntax(statement) {
  if (statement.type === "TSExportAssignment") return true;
  return statement.type === "TSImportEqualsDeclaration" && statement.moduleReference.type === "TSExternalModuleReference";
}
function blockRequests({ syntax, node, specifier }, index, augments) {
  const drafts = staticRequests(syntax.requests, index);
  if (!augments) return drafts;
  const draft = requestDraft(specifier, "augmentation", node.id);
  draft.typeOnly = true;
  return [draft, ...drafts];
}
function directives({ text, comments, program }) {
  if (!mayHaveReferences(text)) return [];
  return referenceDirectives(comments, program.body[0]?.start ?? text.length);
}
function noMembers() {
  return { members: [] };
}

// packages/engine/src/parse/embedded/script-blocks.ts
var TAG = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/gi;
var ATTRIBUTE = /([^\s"'=/>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;
var FRONTMATTER = /^\s*---(?=[ \t]*\r?\n)([\s\S]*?)^---/m;
var LANGUAGES = new Map(
  Object.entries({
    js: "js",
    javascript: "js",
    jsx: "jsx",
    ts: "ts",
    typescript: "ts",
    tsx: "tsx"
  })
);
function scriptBlocks(text, fallback, from = 0) {
  const blocks = [];
  TAG.lastIndex = from;
  for (let match = TAG.exec(text); match; match = TAG.exec(text)) {
    const [, element, inside = ""] = match;
    if (!element || /\/\s*$/.test(inside)) {
      if (element?.toLowerCase() === "script")
        addBlock(blocks, text, { start: match.index, end: TAG.lastIndex }, TAG.lastIndex, fallback);
      continue;
    }
    const start = TAG.lastIndex;
    const close = new RegExp(`</${element}\\s*>`, "gi");
    close.lastIndex = start;
    const end = close.exec(text)?.index ?? text.length;
    if (element.toLowerCase() === "script")
      addBlock(blocks, text, { start: match.index, end: start }, end, fallback);
    TAG.lastIndex = end;
  }
  return blocks;
}
function addBlock(blocks, text, tag, end, fallback) {
  const attributes = attributesOf(text, tag);
  const type = attributes.get("type")?.value;
  const language = LANGUAGES.get(attributes.get("lang")?.value ?? languageOfType(type) ?? "");
  if (attributes.has("is:inline")) return;
  const named2 = attributes.has("lang") || type !== void 0 && type !== "" && type !== "module";
  if (!language && named2) return;
  blocks.push({ language: language ?? fallback, attributes, start: tag.end, end });
}
function languageOfType(type) {
  return type?.replace(/^(?:text|application)\/(?:x-)?(?:ecmascript$)?/, "");
}
function attributesOf(text, tag) {
  const attributes = /* @__PURE__ */ new Map();
  const offset = tag.start + "<script".length;
  for (const match of text.slice(offset, tag.end - 1).matchAll(ATTRIBUTE)) {
    const [whole, name = "", raw] = match;
    const end = offset + match.index + whole.length;
    const value = raw === void 0 ? "" : raw.replace(/^(["'])([\s\S]*)\1$/, "$2");
    attributes.set(name.toLowerCase(), { value, start: end - (raw?.length ?? 0), end });
  }
  return attributes;
}
function frontmatter(text) {
  const match = FRONTMATTER.exec(text);
  if (!match || match.index !== 0) return void 0;
  const end = match[0].length - "---".length;
  return { language: "ts", attributes: /* @__PURE__ */ new Map(), start: end - match[1].length, end };
}
function onlyBlock(text, { start, end }) {
  return blank(text.slice(0, start)) + text.slice(start, end) + blank(text.slice(end));
}
function blank(text) {
  return text.replace(/[^\r\n\u2028\u2029]/g, " ");
}

// packages/engine/src/parse/embedded/component-record.ts
function isComponent(extension) {
  return extension === "vue" || extension === "svelte" || extension === "astro";
}
function componentRecord(text, kind) {
  const blocks = blocksOf(text, kind);
  const records = blocks.map((block) => blockRecord(text, block));
  const broken = records.find(({ syntaxError }) => syntaxError);
  if (broken) return emptyRecord(broken.language, broken.syntaxError);
  const requests = [];
  const exports = [];
  for (const [position, record2] of records.entries()) {
    const block = blocks[position];
    if (offersItsExports(kind, block))
      exports.push(...record2.exports.map((entry) => shifted(entry, requests.length)));
    requests.push(...record2.requests.map(outOfSight));
    requests.push(...sourceRequest(block));
  }
  if (!exports.some((entry) => "name" in entry && entry.name === "default")) {
    exports.unshift({ kind: "local", name: "default", typeOnly: false, start: 0, end: 0 });
  }
  const typed = records.find(({ language }) => language === "ts" || language === "tsx");
  return {
    language: typed?.language ?? records[0]?.language ?? "js",
    hasModuleSyntax: true,
    requests,
    exports,
    locals: records.flatMap(({ locals }) => locals),
    ambientModules: []
  };
}
function blocksOf(text, kind) {
  if (kind !== "astro") return scriptBlocks(text, "js");
  const front = frontmatter(text);
  return [...front ? [front] : [], ...scriptBlocks(text, "ts", front?.end ?? 0)];
}
function blockRecord(text, block) {
  return scriptRecord(onlyBlock(text, block), block.language, "mjs");
}
function offersItsExports(kind, { attributes }) {
  if (kind === "vue") return !attributes.has("setup");
  if (kind === "svelte") return attributes.has("module") || attributes.get("context")?.value === "module";
  return attributes.size === 0;
}
function outOfSight(request) {
  return request.namespace ? { ...request, namespace: "escapes" } : request;
}
function shifted(entry, by) {
  return "request" in entry && entry.request !== void 0 ? { ...entry, request: entry.request + by } : entry;
}
function sourceRequest({ attributes }) {
  const source = attributes.get("src");
  return source?.value ? finishRequests([requestDraft(source.value, "import", source)], false) : [];
}

// packages/engine/src/parse/json-record.ts
import { parseTree, printParseErrorCode } from "jsonc-parser";
var IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
function jsonRecord(text) {
  const errors = [];
  const body = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  const root = parseTree(body, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false
  });
  const [error] = errors;
  if (error || !root) {
    const { offset, length } = error ?? { offset: 0, length: 0 };
    const end = Math.min(offset + length, text.length);
    const message = `Invalid JSON: ${error ? printParseErrorCode(error.error) : "ValueExpected"}`;
    return emptyRecord("json", { message, start: Math.min(offset, end), end });
  }
  const whole = { kind: "local", name: "default", typeOnly: false, ...spanOf3(root) };
  return { ...emptyRecord("json"), exports: [whole, ...keysOf(root)] };
}
function keysOf(root) {
  const keys = /* @__PURE__ */ new Map();
  for (const property of root.type === "object" ? root.children ?? [] : []) {
    const [key] = property.children ?? [];
    const name = key?.value;
    if (!key || typeof name !== "string" || name === "default" || !IDENTIFIER.test(name)) continue;
    keys.set(name, { kind: "local", name, typeOnly: false, ...spanOf3(key) });
  }
  return [...keys.values()];
}
function spanOf3({ offset, length }) {
  return { start: offset, end: offset + length };
}

// packages/engine/src/parse/language-of.ts
var BY_EXTENSION = new Map(
  Object.entries({
    js: "js",
    mjs: "js",
    cjs: "js",
    jsx: "jsx",
    ts: "ts",
    mts: "ts",
    cts: "ts",
    tsx: "tsx",
    json: "json",
    // Their script blocks may hold TypeScript; `parseModule` blanks what is not script.
    vue: "ts",
    svelte: "ts",
    astro: "ts"
  })
);
var DECLARATION = /\.d\.(?:[^./]+\.)?[cm]?ts$/;
function languageOf(file) {
  if (DECLARATION.test(file)) return "dts";
  return BY_EXTENSION.get(extensionOf(file)) ?? "asset";
}
function extensionOf(file) {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot === -1 ? "" : name.slice(dot + 1).toLowerCase();
}

// packages/engine/src/parse/parse-module.ts
function parseModule(file, text) {
  const language = languageOf(file);
  try {
    return record(file, text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return emptyRecord(language, { message: "The code is nested too deeply to be read.", start: 0, end: 0 });
  }
}
function record(file, text) {
  const language = languageOf(file);
  const extension = extensionOf(file);
  if (language === "asset") return emptyRecord("asset");
  if (language === "json") return jsonRecord(text);
  return isComponent(extension) ? componentRecord(text, extension) : scriptRecord(text, language, extension);
}
export {
  parseModule
};
