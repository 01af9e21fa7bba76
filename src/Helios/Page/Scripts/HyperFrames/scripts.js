// Follows styles.js in its function: each script of a composition sees its composition as if it were the document.
  // a script that came from a file of its own may run after the event that its neighbours wait for
  const listenTo =
    target =>
    (type, listener, ...rest) => {
      if (type === "DOMContentLoaded" && isOver)
        Promise.resolve().then(() => (listener.handleEvent ?? listener).call(target, new Event(type)));
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

  const tweens = ["to", "from", "fromTo", "set"];
  /** GSAP, as a composition sees it: selectors find what is in its host. */
  const scopeGsap = (gsap, host, queryAll) => {
    const of = target => typeof target === "string" ? queryAll(target) : target;
    const scopeTweens = owner => Object.fromEntries(tweens.map(name => [name, (target, ...rest) => owner[name](of(target), ...rest)]));
    return gsap && through(gsap, {
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
  };

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
    const scopedDocument = through(document, {
      querySelector: selector => queryAll(selector)[0] ?? null, querySelectorAll: queryAll, getElementById: byId,
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
      .call(window, scopedDocument, scopeGsap(window.gsap, host, queryAll), scopedWindow, hyperframes);
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
