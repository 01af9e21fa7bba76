// Runs after shared.js in every frame of a page, before any of its scripts. Puts all that tells the time on the page's clock
// and keeps the few facts that helios asks for; what stands between @ is filled in. The page finds nothing of it but its props.
  // The same of frames of this site, found through their parent; another site's have their own.
  const family = (() => {
    try {
      return window !== window.parent ? window.parent.__helios_facts : undefined;
    } catch {
      return undefined;
    }
  })();

  // What helios must look at again: elements that load something may have come. What is wrong with the page, or cannot be
  // rendered, is said once, for the whole family. A hook that is awaited has frames and timers of its own at the same time.
  const state = family ? family.state : { changes: 1, refusal: "", isLoading: true, isAwaited: false, usesWebGl: false, needsDisplay: "", round: 0, hasRun: false, stop: -2, remarks: new Set(), heard: new Set(), frames: new Set(), timers: new Set() };

  // Milliseconds on the page's clock when the document began. The browser's own count begins within 0.1 ms of the epoch.
  const born = family ? family.born + family.now() : window === window.top ? 0 : Math.round(performance.timeOrigin) - @EPOCH@;

  // The browser's time stamps are points of a grid of 0.1 ms, which lies above the time of most frames by a part of that, and it takes what
  // lies between two points to either by chance. A page that counts frames needs their own times (FrameTimes.PageTimeOf).
  const NEAR = 0.26; // ms: a point of the grid, the next one by chance, and the same of where a frame element's document began
  const frameTimeOf = frame => frame === 0 ? @LEAD@ - 0.1 : @LEAD@ + frame * @LENGTH@ / @PER_LENGTH@ * @GROWTH@;
  const frameAt = time => Math.max(0, Math.round((time - @LEAD@) * @PER_LENGTH@ / @LENGTH@));
  const isAtFrame = time => Math.abs(time - frameTimeOf(frameAt(time))) < NEAR;
  // Before 0.15 ms it is still 0: a frame at the very start may have to be asked for several times.
  const toGrid = value => typeof value !== "number" ? value : value >= 0 && value < 0.15 ? 0 : Math.round(value * 10) / 10;
  /** What the page reads of a time stamp of the browser. */
  const toPage = value => {
    if (typeof value !== "number") return value;
    const time = value + born;
    if (isAtFrame(time)) return frameTimeOf(frameAt(time)) - born;
    return toGrid(value - missOf(value) / 10);
  };
  /** How many points of the grid a time stamp has missed the last stop of the clock by, at most one: a timer may run a microsecond later. */
  const missOf = value => {
    const miss = Math.round((value + origin) * 10) - state.stop;
    return Math.abs(miss) === 1 ? miss : 0;
  };
  /** The point of the clock's grid that a time stamp stands for, 0.1 ms (FrameTimes.ClockOf). */
  const pointOf = value => {
    const frame = frameAt(value + born);
    if (isAtFrame(value + born)) return @LEAD@ * 10 + (frame === 0 ? -1 : Math.ceil(frame * @LENGTH@ * 10 / @PER_LENGTH@ * (2 * @GROWTH@ - 1)));
    return toGrid(value + origin) === 0 ? 0 : Math.round((value + origin) * 10) - missOf(value);
  };
  const realNow = Performance.prototype.now;
  // of this document on the browser's clock, ms; its own statement is a point of the grid or the next, by chance
  const origin = family ? family.clock() : window === window.top ? 0 : Math.round((performance.timeOrigin - @EPOCH@) * 10) / 10;
  define(Performance.prototype, "now", function now() { return toPage(realNow.call(this)); });
  replaceGetter(Event.prototype, "timeStamp", toPage);
  replaceGetter(globalThis.AnimationTimeline?.prototype, "currentTime", toPage);
  replaceGetter(globalThis.IntersectionObserverEntry?.prototype, "time", toPage);

  const now = () => toPage(realNow.call(performance)); // the page may put another in its place
  replaceGetter(Performance.prototype, "timeOrigin", () => @EPOCH@ + born);
  replaceClocks(toPage, () => dateAt(@EPOCH@, born + now()));
  /** Seconds on the timeline: what happens in a frame happens when the frame is shown, anything else by the page's clock. */
  const timeline = () => {
    const time = born + now();
    return (isAtFrame(time) ? frameAt(time) * @LENGTH@ / @PER_LENGTH@ : time) / 1000;
  };

  // Frames of another site and sandboxed ones cannot be asked, so they tell (PageTraits).
  const binding = globalThis.__helios_tell;
  delete globalThis.__helios_tell;
  const isAlone = !family && window !== window.top;
  if (isAlone) state.tell = binding;
  /** Keeps the first value of a member of the state. */
  const note = (name, value) => {
    if (state[name]) return;
    state[name] = value;
    state.tell?.(`${name} ${value}`);
  };
  const refuse = reason => { note("refusal", reason); };

  const noteWebGl = () => { note("usesWebGl", true); };
  const refuseLostWebGl = () => { refuse("the page lost a WebGL context: it has more than 256 of them, or memory is short"); };
  onWebGl(noteWebGl, refuseLostWebGl);

  const canvases = keepCanvases(refuse);

  // What runs once a frame must not run once for each time that a frame is asked for.
  const request = globalThis.requestAnimationFrame;
  const cancel = globalThis.cancelAnimationFrame;
  const waiting = new Map();
  let handles = 0;
  let shown = -1; // time of the frame whose callbacks run or ran last
  define(globalThis, "requestAnimationFrame", function requestAnimationFrame(callback) {
    if (typeof callback !== "function") return request(callback); // throws
    const handle = ++handles;
    const asked = shown;
    const { round } = state;
    const run = time => {
      const frame = toPage(time);
      if (frame <= asked && state.round <= round) { waiting.get(handle).native = request(run); return; }
      forgetFrame(handle);
      state.hasRun = true;
      shown = frame;
      try { callback(frame); } finally { canvases.after(); }
    };
    const entry = { native: request(run) };
    waiting.set(handle, entry);
    if (state.isAwaited || state.isLoading) state.frames.add(entry);
    return handle;
  });
  const forgetFrame = handle => {
    state.frames.delete(waiting.get(handle));
    waiting.delete(handle);
  };
  define(globalThis, "cancelAnimationFrame", function cancelAnimationFrame(handle) {
    if (waiting.has(handle)) cancel(waiting.get(handle).native);
    forgetFrame(handle);
  });
  for (const [alias, name] of [["webkitRequestAnimationFrame", "requestAnimationFrame"], ["webkitCancelAnimationFrame", "cancelAnimationFrame"],
    ["webkitCancelRequestAnimationFrame", "cancelAnimationFrame"]]) if (alias in globalThis) define(globalThis, alias, globalThis[name]);

  // An animation counts from the point of the grid where its first frame is drawn. The point of a later frame may be less far above its own
  // time, so that steps as long as frames would be shown twice. Animations of frame 0 begin a point earlier (FrameTimes.ClockOf); those
  // in steps that begin later are put there.
  const steps = /\bstep/;
  const placed = new WeakSet();
  const place = animation => {
    const { startTime, effect, playState } = animation;
    if (placed.has(animation) || typeof startTime !== "number" || startTime + born < @LEAD@ || playState !== "running") return;
    if (!steps.test(effect?.getTiming().easing) && !effect?.getKeyframes().some(({ easing }) => steps.test(easing))) return;
    placed.add(animation);
    animation.startTime = startTime - 0.1;
  };
  const onStart = ({ target, animationName }) => {
    for (const animation of target.getAnimations({ subtree: true }))
      if (animation.effect?.target === target && animation.animationName === animationName) place(animation);
  };
  const animate = Element.prototype.animate;
  const ready = Object.getOwnPropertyDescriptor(Animation.prototype, "ready").get;
  define(Element.prototype, "animate", function (...values) {
    const animation = animate.apply(this, values);
    ready.call(animation).then(place, () => {});
    return animation;
  });

  // A hook that waits for a timer would wait for ever, since the clock waits for the hook: timers that it sets may be called
  // before their time. Likewise while the page is not ready, but only those without a delay: after some the browser adds one.
  const setTimer = globalThis.setTimeout;
  const timers = new Map(); // those that may be, by the number that the page has
  for (const name of ["setTimeout", "setInterval"]) {
    const real = globalThis[name];
    define(globalThis, name, { [name](callback, delay, ...values) {
      const length = Math.max(0, Number(delay) || 0);
      if (typeof callback !== "function" || !(state.isAwaited || (state.isLoading && length < 1))) return real(callback, delay, ...values);
      const isRepeated = name === "setInterval";
      const entry = { due: now() + length, early: 0 };
      const run = () => {
        if (!isRepeated) forgetTimer(id);
        callback.apply(globalThis, values);
      };
      const id = real(run, delay);
      /** As a task of its own, at the time where the clock stands. */
      entry.call = () => {
        state.timers.delete(entry);
        if (!isRepeated) clear(id);
        entry.early = setTimer(() => {
          entry.due += Math.max(1, length);
          if (isRepeated && (state.isAwaited || state.isLoading)) state.timers.add(entry);
          run();
        }, 0);
      };
      timers.set(id, entry);
      state.timers.add(entry);
      return id;
    } }[name]);
  }
  const forgetTimer = id => {
    const entry = timers.get(id);
    if (!entry) return;
    timers.delete(id);
    state.timers.delete(entry);
    return entry;
  };
  const clear = globalThis.clearTimeout; // takes intervals too
  for (const name of ["clearTimeout", "clearInterval"]) {
    define(globalThis, name, { [name](id) {
      const entry = forgetTimer(Number(id));
      if (entry?.early) clear(entry.early);
      return clear(id);
    } }[name]);
  }

  // Idle time depends on the machine: what is to be done in it is done once after every frame, before the next.
  const frameOf = globalThis.requestAnimationFrame;
  const cancelFrame = globalThis.cancelAnimationFrame;
  const idle = new Map();
  let idleHandles = 0;
  if (globalThis.requestIdleCallback) {
    const postTask = scheduler.postTask.bind(scheduler);
    define(globalThis, "requestIdleCallback", function requestIdleCallback(callback) {
      if (typeof callback !== "function") throw new TypeError("requestIdleCallback: the callback is not a function");
      const handle = ++idleHandles;
      const run = () => {
        if (!idle.delete(handle)) return;
        let left = 12; // ms; each look at the clock costs one, so that who works until it is over comes to an end
        callback(Object.setPrototypeOf({ didTimeout: false, timeRemaining: () => left > 0 ? left-- : 0 }, IdleDeadline.prototype));
      };
      idle.set(handle, frameOf(() => {
        idle.set(handle, 0);
        postTask(run, { priority: "user-visible" });
      }));
      return handle;
    });
    define(globalThis, "cancelIdleCallback", function cancelIdleCallback(handle) {
      cancelFrame(idle.get(handle));
      idle.delete(handle);
    });
  }

  // A frame waits for what other threads do for the page: it would else show it or not by chance.
  const work = family ? family.work : new Map();
  const ours = new Set(); // keys of this window, which may be removed before an answer comes
  const ownWork = {
    set: (key, name) => { ours.add(key); work.set(key, name); },
    delete: key => { ours.delete(key); return work.delete(key); },
  };
  const locks = family ? family.locks : new Map();
  const watchDecoded = trackAll(ownWork, () => {}, now, refuse, locks);
  listen.call(globalThis, "pagehide", () => { for (const key of ours) work.delete(key); });
  replaceToBlob(scheduler.postTask.bind(scheduler));

  const blocked = JSON.parse(@BLOCKED@).map(pattern => new RegExp(`^${pattern.split("*").map(part => part.replace(/[^\w]/g, "\\$&")).join(".*")}$`, "i"));
  const isBlocked = url => blocked.some(pattern => pattern.test(url));
  const shorten = text => text.length > 300 ? text.slice(0, 297) + "..." : text; // a data: URL may have megabytes
  const observer = new MutationObserver(records => {
    if (records.some(({ type, addedNodes }) => type === "attributes" || [...addedNodes].some(node => node instanceof Element))) state.changes++;
  });
  const observe = root => {
    observer.observe(root, { subtree: true, childList: true, attributeFilter: ["src", "srcset", "autoplay"] });
    listen.call(root, "animationstart", onStart, true);
    listen.call(root, "scroll", () => { state.hasScrolled = true; }, true); // does not leave a shadow tree
  };
  observe(document);
  globalThis.addEventListener("error", ({ target }) => {
    const image = target instanceof HTMLImageElement ? target.currentSrc || target.src : null;
    if (image !== null && !isBlocked(image)) refuse(`the page shows ${shorten(image)} (Image), which cannot be decoded`);
    const media = target instanceof HTMLSourceElement ? target.parentElement : target;
    if (!(media instanceof HTMLMediaElement) || (media !== target && target !== [...media.querySelectorAll("source")].at(-1))) return;
    const source = media.currentSrc || media.src || target.src;
    if (!isBlocked(source)) refuse(`the page plays ${shorten(source)} (Media), which this browser cannot decode`);
  }, true);
  // A face that names installed fonts only, none of which is here, is missing (fonts.js).
  const isOfFiles = face => {
    const rules = [...document.styleSheets].flatMap(sheet => { try { return [...sheet.cssRules]; } catch { return []; } });
    const own = rules.filter(rule => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family") === face.family);
    return own.length === 0 || own.some(rule => rule.style.getPropertyValue("src").includes("url("));
  };
  document.fonts?.addEventListener("loadingerror", ({ fontfaces }) => {
    const broken = fontfaces.find(isOfFiles);
    if (broken && blocked.length === 0) refuse(`the page's font ${shorten(broken.family)} cannot be decoded`);
  });

  // An audio device has a clock of its own: contexts go by the page's, in the blocks of 128 samples that audio comes in.
  const opened = new WeakMap();
  for (const name of ["AudioContext", "webkitAudioContext"]) {
    const real = globalThis[name];
    if (!real) continue;
    define(globalThis, name, new Proxy(real, {
      construct(target, values, self) {
        const context = Reflect.construct(target, values, self);
        opened.set(context, now());
        return context;
      },
    }));
  }
  replaceGetter(globalThis.BaseAudioContext?.prototype, "currentTime", (time, context) => {
    if (!opened.has(context)) return time; // an OfflineAudioContext renders as fast as it can, and alike every time
    const block = 128 / context.sampleRate;
    return Math.floor((now() - opened.get(context)) / 1000 / block) * block;
  });

  const stamp = globalThis.AudioContext?.prototype.getOutputTimestamp;
  if (stamp) define(AudioContext.prototype, "getOutputTimestamp", function getOutputTimestamp() {
    return { contextTime: this.currentTime, performanceTime: now() };
  });

  /** Calls act with the name before each call of the named methods, but for those of an OfflineAudioContext. */
  const onSound = (act, prototype, ...names) => {
    for (const name of names) {
      const real = prototype?.[name];
      if (typeof real !== "function") continue;
      define(prototype, name, function (...values) {
        if (!(globalThis.OfflineAudioContext && (this.context ?? this) instanceof OfflineAudioContext)) act(name);
        return real.apply(this, values);
      });
    }
  };
  // What comes out of a sound card is another in every run, and is not recorded.
  const noteSilence = () => { state.remarks.add("the page plays sound by Web Audio, which the video does not have: play it by an audio element, or give the file with --audio"); };
  onSound(noteSilence, globalThis.AudioScheduledSourceNode?.prototype, "start");
  onSound(noteSilence, globalThis.AudioBufferSourceNode?.prototype, "start");
  const refuseSound = name => refuse(`the page uses ${name}, which goes by the clock of the sound card`);
  onSound(refuseSound, globalThis.AnalyserNode?.prototype, "getByteFrequencyData", "getByteTimeDomainData", "getFloatFrequencyData", "getFloatTimeDomainData");
  onSound(refuseSound, globalThis.BaseAudioContext?.prototype, "createScriptProcessor");

  // Workers are taken from frame to frame by the driver. They answer on the way that their messages take, so that order is kept.
  const workers = family ? family.workers : [];
  if (globalThis.Worker) {
    const RealWorker = Worker;
    const { postMessage, terminate } = RealWorker.prototype;
    const known = new WeakMap();
    const enlist = worker => {
      const state = { unread: 0, isAlive: true, answer: null };
      const end = () => { state.isAlive = false; state.answer?.(0); };
      state.end = end;
      let early = []; // messages that it sent while the page was loading: they would come between the page's tasks by chance
      /** Takes the worker to a time; answer gets the number of messages that it got or sent. No promise: this frame may be removed. */
      state.step = (time, frame, answer) => {
        state.answer = answer;
        state.unread = 0;
        const kept = early ?? [];
        early = null;
        for (const { data, ports } of kept) worker.dispatchEvent(new MessageEvent("message", { data, ports: [...ports] }));
        if (state.isAlive && document.defaultView) postMessage.call(worker, { __helios: { time, frame } });
        else answer(0);
      };
      worker.addEventListener("message", event => {
        const said = event.data?.__helios;
        if (!said) {
          if (early) { event.stopImmediatePropagation(); early.push(event); }
          return;
        }
        event.stopImmediatePropagation();
        if (said.usesWebGl) noteWebGl();
        else if (said.hasLostWebGl) refuseLostWebGl();
        else if (said.refusal) refuse(said.refusal);
        else if (said.picture) canvases.show(said.id, said.picture);
        else if (said.isClosed) end();
        else state.answer?.(said.messages);
      });
      worker.addEventListener("error", event => { if (!(event instanceof ErrorEvent)) end(); }); // its script cannot be loaded
      globalThis.addEventListener("pagehide", end); // a frame that is removed takes its workers with it; without this event before its load event
      known.set(worker, state);
      workers.push(state);
    };
    const proxy = new Proxy(RealWorker, {
      construct(target, values, self) {
        const worker = Reflect.construct(target, values, self === proxy ? target : self);
        enlist(worker);
        return worker;
      },
    });
    define(RealWorker.prototype, "constructor", proxy);
    define(RealWorker.prototype, "postMessage", function (...values) {
      if (known.has(this)) known.get(this).unread++;
      const given = canvases.give(values[1]);
      if (given.length > 0) postMessage.call(this, { __helios: { canvases: given } });
      return postMessage.apply(this, values);
    });
    define(RealWorker.prototype, "terminate", function () {
      known.get(this)?.end();
      return terminate.call(this);
    });
    define(globalThis, "Worker", proxy);
  }
  // These live outside of the page, in threads that nobody can hold.
  delete globalThis.SharedWorker;
  delete Navigator.prototype.serviceWorker;

  define(globalThis, "__HELIOS_PROPS__", JSON.parse(@PROPS@));
  define(globalThis, "__HELIOS_VIRTUAL_TIME__", 0);
  define(globalThis, "__hfVariables", JSON.parse(@PROPS@)); // the name that HyperFrames pages read

  // Elements that are animated, or say that they will be, would be drawn as layers of their own, and layers keep what earlier frames left at
  // their rims. Under such a root they are part of the one picture. Real 3D, videos and canvas elements are layers still.
  const flat = new CSSStyleSheet();
  flat.replaceSync(":root { will-change: contents !important; }");
  const adopted = Object.getOwnPropertyDescriptor(Document.prototype, "adoptedStyleSheets");
  const own = []; // the page's
  const adopt = () => { adopted.set.call(document, [...own.filter(() => true), flat]); }; // without the holes that splice leaves on its way
  adopt();
  const change = (way, ...values) => {
    const before = [...own];
    const isDone = way(...values);
    try { adopt(); } catch (error) { own.splice(0, Infinity, ...before); throw error; } // no style sheet, or one of another document
    return isDone;
  };
  const list = new Proxy(own, {
    set: (...values) => change(Reflect.set, ...values.slice(0, 3)),
    defineProperty: (...values) => change(Reflect.defineProperty, ...values),
    deleteProperty: (...values) => change(Reflect.deleteProperty, ...values),
  });
  Object.defineProperty(Document.prototype, "adoptedStyleSheets", {
    ...adopted,
    get() { return this === document ? list : adopted.get.call(this); },
    set(sheets) {
      if (this === document) change(() => { own.splice(0, Infinity, ...sheets); });
      else adopted.set.call(this, sheets);
    },
  });

  // Roots that cannot be found from outside, and what the driver asks for.
  const facts = { roots: [], work, locks, watchDecoded, workers, state, refuse, observe, listen, born, now, timeline, clock: () => pointOf(realNow.call(performance)) / 10 };
  Object.defineProperty(globalThis, "__helios_facts", { value: facts });
  for (const { prototype } of [Document, Element]) {
    const start = prototype.startViewTransition;
    if (start) define(prototype, "startViewTransition", function startViewTransition(...values) {
      note("needsDisplay", "startViewTransition");
      return start.apply(this, values);
    });
  }
  const attach = Element.prototype.attachShadow;
  define(Element.prototype, "attachShadow", function attachShadow(options) {
    const root = attach.call(this, options);
    if (options?.mode === "closed") facts.roots.push(root);
    observe(root);
    return root;
  });
