// Compositions of HyperFrames that stand in files of their own (data-composition-src) or in templates, and their variables
// (docs/hyperframes.md). Follows hyperframes.js, in the frame of the composition. The files are read while the document is parsed, before
// its next script: the page's scripts find it as if it were written in one file.
(() => {
  "use strict";
  if (!Object.hasOwn(window, "__helios_driver")) return;
  const { refuse, listen, work } = window.__helios_facts;
  const Request = XMLHttpRequest; // the page may put others in their places
  const MOST = 1000; // compositions of a page
  const quote = text => `"${String(text).replace(/["\\]/g, "\\$&")}"`;

  // Variables: declared with defaults by the composition, given by its host element or by --props.

  const parse = (element, name, isRight, kind) => {
    const text = element?.getAttribute(name);
    if (!text) return null;
    try {
      const value = JSON.parse(text);
      if (isRight(value)) return value;
    } catch { /* said below */ }
    refuse(`the page's ${name} of ${element.id || element.localName} is not ${kind} in JSON`);
    return null;
  };
  const defaultsOf = element => Object.fromEntries((parse(element, "data-composition-variables", Array.isArray, "a list") ?? [])
    .filter(entry => typeof entry?.id === "string" && "default" in entry).map(entry => [entry.id, entry.default]));
  const valuesOf = element => parse(element, "data-variable-values", value => value !== null && typeof value === "object" && !Array.isArray(value), "an object") ?? {};
  const given = () => {
    const values = window.__hfVariables;
    return values !== null && typeof values === "object" && !Array.isArray(values) ? values : {};
  };
  const instances = window.__hfVariablesByComp = {};
  const getVariables = () =>
    Object.assign({}, ...[...document.querySelectorAll("[data-composition-variables]")].map(defaultsOf), given());
  const missing = name => () => { refuse(`the page calls __hyperframes.${name}, which helios does not have`); };
  window.__hyperframes = { getVariables, fitTextFontSize: missing("fitTextFontSize"), pretext: missing("pretext") };

  const isScalar = value => ["string", "number", "boolean"].includes(typeof value);
  const nameOf = id => `--${id.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "node"}`;
  const properties = new WeakMap(); // what was set, by element and name
  /** Whether the page's own styles give a custom property its value, and not what was set here for the element or one around it. */
  const isOfPage = (element, name) => {
    const text = getComputedStyle(element).getPropertyValue(name).trim();
    for (let outer = element; outer && text !== ""; outer = outer.parentElement) {
      const value = properties.get(outer)?.get(name);
      if (value !== undefined) return value.trim() !== text;
    }
    return text !== "";
  };
  /** Sets variables as custom properties; what the page's own styles say of one stays, but for what was given. */
  const setProperties = (element, values) => {
    for (const [id, value] of Object.entries(values)) {
      const text = isScalar(value) ? String(value).replace(/[;{}<>\r\n]/g, "") : typeof value?.name === "string" ? value.name : "";
      if (text === "") continue;
      for (const name of new Set([nameOf(id), `--${id}`]))
        if (id in given() || !isOfPage(element, name)) {
          if (!properties.has(element)) properties.set(element, new Map());
          properties.get(element).set(name, text);
          element.style.setProperty(name, text);
        }
    }
  };
  const variablesFor = element => {
    const id = element.closest("[data-composition-id]")?.getAttribute("data-composition-id");
    return instances[id] ?? getVariables();
  };
  const bind = () => {
    const root = document.querySelector("[data-composition-id]");
    if (root) setProperties(root, variablesFor(root));
    for (const element of document.querySelectorAll("[data-var-src]")) {
      const value = variablesFor(element)[element.getAttribute("data-var-src").trim()];
      const url = typeof value === "string" ? value : value?.url;
      if (url && ["img", "video", "audio", "source"].includes(element.localName)) element.setAttribute("src", url);
    }
    for (const element of document.querySelectorAll("[data-var-text]")) {
      const value = variablesFor(element)[element.getAttribute("data-var-text").trim()];
      if (!isScalar(value)) continue;
      const [first, ...others] = [...element.childNodes].filter(node => node instanceof Text);
      for (const node of others) node.data = "";
      if (first) first.data = String(value);
      else element.prepend(String(value));
    }
  };

  // Files and addresses.

  const read = url => {
    const request = new Request();
    request.open("GET", url, false);
    try { request.send(); } catch { return null; }
    return request.status >= 200 && request.status < 300 ? request.responseText : null;
  };
  const site = "@SITE@";
  const found = new Map();
  /** Whether a URL of the project is a file; the server says it, and notes what was not there. */
  const isFile = url => {
    if (!url.startsWith(site)) return false;
    if (!found.has(url)) found.set(url, read(`@IS_FILE@${url.slice(site.length)}`) === "yes");
    return found.get(url);
  };
  /**
   * An address in a composition's file, as it is to stand in the page: what begins with "../" counts from the file, and so does what lies
   * beside it; anything else counts from the page.
   */
  const resolve = (address, file) => {
    const text = address.trim();
    if (!file || text === "" || /^([a-z][a-z\d+.-]*:|\/|#|\?)/i.test(text)) return address;
    const url = new URL(text, file);
    return text.startsWith("../") || isFile(url.origin + url.pathname) ? url.href : address;
  };
  const resolveStyle = (text, file) => text.replace(/\burl\(\s*(["']?)([^)"']+)\1\s*\)/g, (_, mark, address) => `url(${mark}${resolve(address, file)}${mark})`);
  const resolveAll = (content, file) => {
    for (const name of ["src", "href", "poster"]) for (const element of content.querySelectorAll(`[${name}]`))
      element.setAttribute(name, resolve(element.getAttribute(name), file));
    for (const element of content.querySelectorAll("[style*='url(']")) element.setAttribute("style", resolveStyle(element.getAttribute("style"), file));
  };

  // Styles: rules of a composition hold for its elements only.

  const BOX = "data-hf-inner-root";
  const ROOT_ID = "data-hf-authored-id";
  /** The selectors of a list, without those of functions in them. */
  const split = list => {
    const parts = [""];
    let depth = 0;
    for (const [token] of list.matchAll(/\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^]/g)) {
      if (token === "(" || token === "[") depth++;
      if (token === ")" || token === "]") depth--;
      if (token === "," && depth === 0) parts.push("");
      else parts[parts.length - 1] += token;
    }
    return parts.map(part => part.trim());
  };
  const replaceRootId = (selector, id) => !id ? selector
    : selector.replace(/\[[^\]]*\]|#((?:\\[^]|[\w-]|[^\0-\x7f])+)/g, (token, name) => name === CSS.escape(id) ? `[${ROOT_ID}=${quote(id)}]` : token);
  const scopeSelector = (selector, { scope, id, rootId }) => {
    const box = `${scope}:not(:has([${BOX}])), ${scope} > [${BOX}]`;
    const own = `[data-composition-id=${quote(id)}]`;
    const times = '(?:\\[data-(?:start|duration)="[^"]*"\\])*'; // of the root, which does not have them here
    const text = replaceRootId(selector, rootId);
    if (text === "*") return text;
    if (/^(html|body|:root)$/i.test(text)) return box;
    if (!text.includes(own)) return `${scope} ${text}`;
    const scoped = text.replace(new RegExp(`${times}${RegExp.escape(own)}${times}`, "g"), () => scope);
    return scoped === scope ? box : scoped;
  };
  const scopeRules = (rules, of) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) rule.selectorText = split(rule.selectorText).map(selector => scopeSelector(selector, of)).join(", ");
      else if (rule.cssRules && !(rule instanceof CSSKeyframesRule) && !(rule instanceof CSSImportRule)) scopeRules(rule.cssRules, of);
    }
  };
  const addStyle = (text, of) => {
    const style = document.createElement("style");
    style.textContent = resolveStyle(text, of.file);
    document.head.append(style);
    if (of.id) scopeRules(style.sheet.cssRules, of);
  };

  // Scripts: each sees its composition as if it were the document.

  const scopeOf = ({ host, id, declaredId, rootId }) => {
    const inside = node => node === host || host.contains(node);
    const own = `[data-composition-id=${quote(declaredId)}]`;
    const real = selector => typeof selector !== "string" ? selector
      : replaceRootId(selector.replace(/'([^'"\]]*)'(?=\s*\])/g, '"$1"').replaceAll(own, `[data-composition-id=${quote(id)}]`), rootId);
    const queryAll = selector => [...document.querySelectorAll(real(selector))].filter(inside);
    const byId = name => {
      const element = document.getElementById(name);
      if (element && inside(element)) return element;
      if (name === host.id) return host;
      return host.querySelector(`[${ROOT_ID}=${quote(name)}], #${CSS.escape(name)}`);
    };
    // a script that came from a file of its own may run after the event that its neighbours wait for
    const listenTo = target => (type, listener, ...rest) => {
      if (type === "DOMContentLoaded" && isOver) Promise.resolve().then(() => (listener.handleEvent ?? listener).call(target, new Event(type)));
      else target.addEventListener(type, listener, ...rest);
    };
    const memberOf = (target, name) => {
      const value = Reflect.get(target, name, target);
      if (name === "addEventListener") return listenTo(target);
      // classes and functions with members keep them
      return typeof value === "function" && !/^[A-Z]/.test(String(name)) && Object.keys(value).length === 0 ? value.bind(target) : value;
    };
    const through = (target, members) => new Proxy(target, {
      get: (_, name) => Object.hasOwn(members, name) ? members[name] : memberOf(target, name),
      set: (_, name, value) => Reflect.set(target, name, value, target),
    });
    const scopedDocument = through(document, {
      querySelector: selector => queryAll(selector)[0] ?? null, querySelectorAll: queryAll, getElementById: byId,
    });
    const of = target => typeof target === "string" ? queryAll(target) : target;
    const tweens = ["to", "from", "fromTo", "set"];
    const scopeTweens = owner => Object.fromEntries(tweens.map(name => [name, (target, ...rest) => owner[name](of(target), ...rest)]));
    const scopeGsap = gsap => gsap && through(gsap, {
      ...scopeTweens(gsap),
      timeline: (...values) => {
        const timeline = gsap.timeline(...values);
        for (const name of tweens) {
          const tween = timeline[name];
          timeline[name] = (target, ...rest) => tween.call(timeline, of(target), ...rest);
        }
        return timeline;
      },
      utils: gsap.utils && through(gsap.utils, {
        toArray: (target, ...rest) => gsap.utils.toArray(of(target), ...rest),
        selector: base => {
          const outer = (typeof base === "string" ? queryAll(base)[0] : base?.current ?? base) ?? host;
          return selector => queryAll(selector).filter(node => outer.contains(node));
        },
      }),
    });
    const nameOf = name => name === declaredId ? id : name;
    const timelines = new Proxy({}, {
      get: (_, name) => window.__timelines[nameOf(name)],
      has: (_, name) => nameOf(name) in window.__timelines,
      set: (_, name, value) => Reflect.set(window.__timelines, nameOf(name), value),
    });
    const hyperframes = { ...window.__hyperframes, getVariables: () => ({ ...instances[id] }) };
    const scopedWindow = new Proxy(window, {
      get: (_, name) => name === "__timelines" ? timelines : name === "__hyperframes" ? hyperframes : memberOf(window, name),
      set: (_, name, value) => {
        if (name !== "__timelines") return Reflect.set(window, name, value, window);
        if (value !== timelines) Object.assign(timelines, value); // else it is put where it is: window.__timelines ||= {}
        return true;
      },
    });
    return text => Function("document", "gsap", "window", "__hyperframes", text)
      .call(window, scopedDocument, scopeGsap(window.gsap), scopedWindow, hyperframes);
  };

  let isOver = false; // DOMContentLoaded
  listen.call(document, "DOMContentLoaded", () => { isOver = true; });
  const scripts = []; // of compositions, in the order in which they run
  const isClassic = type => /^(|text\/javascript|application\/javascript)$/i.test(type);
  const isScript = script => isClassic(script.type) || ["module", "importmap"].includes(script.type);
  const insert = script => new Promise(done => {
    const element = document.createElement("script");
    if (script.type) element.type = script.type;
    element.async = false;
    if (script.src) element.src = script.src;
    else element.textContent = script.text;
    listen.call(element, "load", done);
    listen.call(element, "error", done); // the page's faults tell
    document.body.append(element);
    if (!script.src) done();
  });
  const isThere = src => [...document.scripts].some(script => script.src === src);
  const runScripts = async () => {
    for (let script; (script = scripts.shift());) {
      if (script.src) {
        if (!isThere(script.src)) await insert(script);
      } else if (!isClassic(script.type)) {
        insert(script);
      } else {
        try { script.run(`${script.text}\n//# sourceURL=${script.file}`); } catch (error) { reportError(error); }
      }
    }
  };

  // Compositions.

  const ids = new Map(); // how many have an id
  const chainOf = host => {
    const files = [];
    for (let outer = host.closest("[data-composition-file]"); outer; outer = outer.parentElement?.closest("[data-composition-file]")) files.push(outer.getAttribute("data-composition-file"));
    return files;
  };
  const prepareBox = root => {
    const box = document.importNode(root, true);
    const { width, height } = root.dataset;
    for (const name of ["composition-id", "composition-file", "composition-src", "start", "duration", "end", "track-index", "track"]) box.removeAttribute(`data-${name}`);
    if (box.id) box.setAttribute(ROOT_ID, box.id);
    box.removeAttribute("id");
    box.setAttribute(BOX, "true");
    box.style.width = width ? `${width}px` : "100%";
    box.style.height = height ? `${height}px` : "100%";
    return box;
  };
  const sizeHost = (host, root) => {
    for (const name of ["width", "height"]) {
      if (root && !host.dataset[name] && root.dataset[name]) host.dataset[name] = root.dataset[name];
      if (host.dataset[name] && !(host.getAttribute("style") ?? "").includes(name)) host.style[name] = `${host.dataset[name]}px`;
    }
  };
  /** Gives a host element the content of its composition. */
  const mount = (host, source, content, head, declarer, hasTemplate, file) => {
    const asked = host.getAttribute("data-composition-id")?.trim() ?? "";
    const roots = [...content.querySelectorAll("[data-composition-id]")];
    const root = (asked ? roots.find(({ dataset }) => dataset.compositionId === asked) : roots[0]) ?? null;
    const declaredId = (root ?? roots[0])?.dataset.compositionId.trim() || asked;
    const authoredId = asked || declaredId;
    const count = (ids.get(authoredId) ?? 0) + 1;
    ids.set(authoredId, count);
    const id = count > 1 ? `${authoredId}__hf${count}` : authoredId;
    if (id) host.setAttribute("data-composition-id", id);

    resolveAll(content, file);
    for (const link of head?.querySelectorAll("link[rel=stylesheet], link[rel=preconnect]") ?? []) {
      const copy = document.importNode(link, true);
      copy.setAttribute("href", resolve(link.getAttribute("href") ?? "", file));
      if (![...document.querySelectorAll("link[href]")].some(({ href }) => href === copy.href)) document.head.append(copy);
    }
    const parts = [...(hasTemplate ? [] : [head]), content].filter(Boolean);
    const of = { host, file, id: authoredId, declaredId, rootId: root?.id ?? "", scope: `[data-composition-id=${quote(id)}]` };
    for (const style of parts.flatMap(part => [...part.querySelectorAll("style")])) {
      addStyle(style.textContent, of);
      style.remove();
    }
    const values = { ...defaultsOf(declarer), ...defaultsOf(root), ...valuesOf(host) };
    if (Object.keys(values).length > 0) {
      instances[id] = values;
      setProperties(host, { ...values, ...given() });
    }
    const own = parts.flatMap(part => [...part.querySelectorAll("script")]).filter(isScript);
    for (const script of own) {
      const src = script.getAttribute("src")?.trim() ?? "";
      scripts.push({
        src: src && new URL(resolve(src, file), document.baseURI).href, type: script.type, text: script.textContent, file: file ?? source,
        run: text => scopeOf({ ...of, id })(text),
      });
      script.remove();
    }

    sizeHost(host, root);
    host.setAttribute("data-composition-file", source);
    if (!root) { host.replaceChildren(document.importNode(content, true)); return; }
    host.replaceChildren(prepareBox(root));
  };

  let mounted = 0;
  const mountFile = host => {
    const source = host.getAttribute("data-composition-src").trim();
    host.removeAttribute("data-composition-src"); // looked at once, whatever becomes of it
    if (source === "") return;
    const chain = chainOf(host);
    if (chain.includes(source) || ++mounted > MOST) {
      refuse(chain.includes(source) ? `the composition ${source} contains itself` : `the page has more than ${MOST} compositions`);
      return;
    }
    const file = new URL(source, document.baseURI).href;
    const text = read(file);
    const page = new DOMParser().parseFromString(text ?? "", "text/html");
    const template = page.querySelector("template");
    const content = template ? template.content : document.createRange().createContextualFragment("");
    if (!template) content.append(...page.body.childNodes);
    if (content.childNodes.length === 0) {
      refuse(`the page's composition ${source} ${text === null ? "cannot be read" : "is empty"}`);
      return;
    }
    mount(host, source, content, page.head, page.documentElement, template !== null, file);
  };
  /** Whether the parser is past the end of an element: what it finds in a host is no part of the composition. */
  const isParsed = element => {
    for (let node = element; node; node = node.parentNode) if (node.nextSibling) return true;
    return document.readyState !== "loading";
  };
  const mountFiles = () => {
    for (let host; (host = [...document.querySelectorAll("[data-composition-src]")].find(isParsed));) mountFile(host);
  };
  const mountTemplates = () => {
    const isAlone = !document.querySelector("[data-composition-id]");
    const first = isAlone ? document.querySelector("template") : null;
    const root = first?.content.querySelector("[data-composition-id]");
    if (root) { // the file of a composition, opened by itself
      const host = document.createElement("div");
      for (const { name, value } of root.attributes) if (name.startsWith("data-")) host.setAttribute(name, value);
      document.body.append(host);
      begin();
      mount(host, "", first.content, null, document.documentElement, true, null);
    }
    for (const host of document.querySelectorAll("[data-composition-id]")) {
      const template = host.children.length === 0 && document.querySelector(`template#${CSS.escape(`${host.dataset.compositionId}-template`)}`);
      if (template) mount(host, `#${template.id}`, template.content.cloneNode(true), null, null, true, null);
    }
  };

  let hasBegun = false;
  /** What a page of HyperFrames finds there before its scripts. */
  const begin = () => {
    if (hasBegun) return;
    hasBegun = true;
    window.__timelines ??= {};
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { text-rendering: geometricPrecision }"); // as its renderer lays out text
    document.adoptedStyleSheets.push(sheet);
    setProperties(document.documentElement, getVariables());
  };
  const look = () => {
    if (document.querySelector("[data-composition-id]")) begin();
    mountFiles();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true });
  listen.call(document, "readystatechange", async () => {
    if (document.readyState !== "interactive") return;
    observer.disconnect();
    const key = {};
    work.set(key, "compositions of the page");
    try {
      look();
      mountTemplates();
      do { await runScripts(); mountFiles(); } while (scripts.length > 0);
      if (hasBegun) bind();
    } finally {
      work.delete(key);
    }
  });
})();
