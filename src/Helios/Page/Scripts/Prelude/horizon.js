// Follows prelude.js in its function, in every frame of a page. Finds out until when nothing in the page can observe whether a frame is
// run (docs/random-access.md): then the clock may jump there, and every later frame is the same. An event that it does not know observes.
  let lasting = ""; // a reason that does not go away, in words
  const observes = reason => { lasting ||= reason; };

  // Events, by what in a page causes them. Those of input, loading and scripts come without frames, or not at all.
  const harmless = new Set(
    (
      "abort activate addtrack afterprint auxclick beforecopy beforecut beforeinput beforeinstallprompt beforematch beforepaste " +
      "beforeprint beforetoggle beforeunload beforexrselect blur cancel change click close command contextlost contextmenu " +
      "contextrestored copy cut dblclick devicemotion deviceorientation deviceorientationabsolute DOMContentLoaded drag dragend " +
      "dragenter dragleave dragover dragstart drop error focus focusin focusout formdata fullscreenchange fullscreenerror " +
      "gamepadconnected gamepaddisconnected gotpointercapture hashchange input invalid keydown keypress keyup languagechange load " +
      "lostpointercapture message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel move " +
      "offline online orientationchange pagehide pagereveal pageshow pageswap paste pointercancel pointerdown pointerenter pointerleave " +
      "pointerlockchange pointerlockerror pointermove pointerout pointerover pointerrawupdate pointerup popstate readystatechange " +
      "rejectionhandled removetrack reset resize scroll scrollend search securitypolicyviolation select selectionchange selectstart " +
      "slotchange storage submit toggle touchcancel touchend touchmove touchstart unhandledrejection unload visibilitychange " +
      "webglcontextcreationerror webglcontextlost webglcontextrestored webkitfullscreenchange webkitfullscreenerror wheel"
    ).split(" "),
  );
  const mediaEvents = (
    "canplay canplaythrough cuechange durationchange emptied encrypted ended enterpictureinpicture leavepictureinpicture loadeddata " +
    "loadedmetadata loadstart pause play playing progress ratechange seeked seeking stalled suspend timeupdate volumechange waiting " +
    "waitingforkey"
  ).split(" ");
  const kinds = {
    animation: ["animationstart", "animationiteration", "animationend", "animationcancel"],
    transition: ["transitionrun", "transitionstart", "transitionend", "transitioncancel"],
    smil: ["begin", "end", "repeat"],
    media: mediaEvents,
  };
  const kindOf = new Map(Object.entries(kinds).flatMap(([kind, types]) => types.map(type => [type, kind])));
  for (const [name, kind] of [
    ["AnimationStart", "animation"],
    ["AnimationIteration", "animation"],
    ["AnimationEnd", "animation"],
    ["TransitionEnd", "transition"],
  ]) {
    kindOf.set(`webkit${name}`, kind); // of the event
    kindOf.set(`webkit${name.toLowerCase()}`, kind); // of its handler
    kinds[kind].push(`webkit${name.toLowerCase()}`);
  }
  for (const type of kinds.smil) kindOf.set(`${type}Event`, "smil");
  const attributes = Object.fromEntries(Object.entries(kinds).map(([kind, types]) => [kind, types.map(type => `[on${type}]`).join()]));
  const { heard } = state; // kinds that something listens to, in any frame
  const awaited = new Set(); // animations whose end is awaited

  const noteListener = (target, type) => {
    const kind = kindOf.get(type);
    if (target instanceof HTMLMediaElement) followLoads(target);
    if (type === "ended" && globalThis.AudioScheduledSourceNode && target instanceof AudioScheduledSourceNode) shieldEnd(target);
    if (target instanceof Animation && type === "remove") observes("a listener for remove of an animation"); // when another one ends
    else if (target instanceof Animation) awaited.add(target);
    else if (target instanceof XMLHttpRequestEventTarget) return; // open requests are waited for
    else if (target instanceof HTMLMediaElement && kind === "media") observes(`a listener for ${type} of a media element`);
    // of an audio node
    else if ((kind === "media" || kind === "smil") && !(target instanceof Node || target === globalThis))
      observes(`a listener for ${type}`);
    else if (kind) heard.add(kind);
    else if (!harmless.has(type) && `on${type.toLowerCase()}` in target) observes(`a listener for ${type}`);
  };
  define(EventTarget.prototype, "addEventListener", function addEventListener(type, listener, ...options) {
    if (listener) noteListener(this ?? globalThis, String(type));
    return listen.call(this ?? globalThis, type, listener, ...options);
  });
  const when = EventTarget.prototype.when;
  if (when) define(EventTarget.prototype, "when", function (type, ...options) {
    noteListener(this ?? globalThis, String(type));
    return when.call(this ?? globalThis, type, ...options);
  });
  const watchHandlers = owner => {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      const type = name.slice(2);
      if (!name.startsWith("on") || !member.set || !member.configurable || (harmless.has(type) && owner !== Animation.prototype)) continue;
      Object.defineProperty(owner, name, { ...member, set(listener) {
        if (listener) noteListener(this ?? globalThis, type);
        member.set.call(this ?? globalThis, listener);
      } });
    }
  };
  watchHandlers(globalThis);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const prototype = /^[A-Z]/.test(name) ? Object.getOwnPropertyDescriptor(globalThis, name).value?.prototype : null;
    if (prototype && prototype instanceof EventTarget) watchHandlers(prototype);
  }

  for (const name of ["finished", "ready"]) replaceGetter(globalThis.Animation?.prototype, name, (promise, animation) => {
    awaited.add(animation);
    return promise;
  });

  // Timers are stepped around: nothing of them can be seen before the first one is due. The clock stops at each (CompositionPage).
  const dues = new Map(); // { time on the page's clock, ms; points of the clock's grid where it may be due, 0.1 ms }
  const NESTED = 4; // ms; the browser makes timers that timers begin wait that long at least, and does not say which
  /** When a delay of whole ms from now is over. */
  const dueIn = (length, least = length) => {
    const point = pointOf(realNow.call(performance));
    return { time: born + now() + length, points: [point + length * 10, point + Math.max(length, least) * 10] };
  };
  for (const name of ["setTimeout", "setInterval"]) {
    const real = globalThis[name];
    const isRepeated = name === "setInterval";
    define(globalThis, name, { [name](callback, delay, ...values) {
      if (typeof callback !== "function") { observes("a timer with a text"); return real(callback, delay, ...values); }
      const given = Math.max(isRepeated ? 1 : 0, Math.trunc(Number(delay)) || 0);
      const wait = () => dues.set(id, given >= 2 ** 31 ? dueIn(0) : dueIn(given, NESTED));
      const id = real(function () {
        if (!isRepeated) dues.delete(id);
        else if (dues.has(id)) wait();
        callback.apply(globalThis, values);
      }, delay);
      wait();
      return id;
    } }[name]);
  }
  for (const name of ["clearTimeout", "clearInterval"]) {
    const real = globalThis[name];
    define(globalThis, name, { [name](id) {
      dues.delete(Number(id));
      return real(id);
    } }[name]);
  }
  const { setTimeout: setDueTimer, clearTimeout: clearDueTimer } = globalThis;
  const post = globalThis.Scheduler?.prototype.postTask;
  if (post) define(Scheduler.prototype, "postTask", function postTask(callback, options) {
    const delay = Number(options?.delay) || 0;
    if (typeof callback !== "function" || !(delay > 0)) return post.call(this, callback, options);
    const key = {};
    const forget = () => dues.delete(key);
    dues.set(key, dueIn(Math.trunc(delay)));
    if (options.signal) listen.call(options.signal, "abort", forget);
    return post.call(this, () => { forget(); return callback(); }, options);
  });
  const expire = globalThis.AbortSignal?.timeout;
  if (expire) define(AbortSignal, "timeout", function timeout(delay) {
    const signal = expire.call(AbortSignal, delay);
    dues.set(signal, dueIn(Math.trunc(Number(delay)) || 0));
    listen.call(signal, "abort", () => dues.delete(signal));
    return signal;
  });

  // Observers have targets until they are disconnected.
  const observers = new Map();
  for (const name of ["IntersectionObserver", "ResizeObserver"]) {
    const prototype = globalThis[name]?.prototype;
    if (!prototype) continue;
    const { observe: begin, unobserve: end, disconnect } = prototype;
    define(prototype, "observe", function observe(target, ...options) {
      begin.call(this, target, ...options);
      observers.set(this, (observers.get(this) ?? new Set()).add(target));
    });
    define(prototype, "unobserve", function unobserve(target) {
      end.call(this, target);
      observers.get(this)?.delete(target);
    });
    define(prototype, "disconnect", function () {
      disconnect.call(this);
      observers.delete(this);
    });
  }

  // What cannot be followed further.
  const distrust = (target, ...names) => {
    for (const name of names) {
      const real = target?.[name];
      if (typeof real !== "function") continue;
      const distrusted = () => observes(`${name} was used`);
      define(target, name, new Proxy(real, {
        apply(call, self, values) { distrusted(); return Reflect.apply(call, self, values); },
        construct(call, values, self) { distrusted(); return Reflect.construct(call, values, self); },
      }));
    }
  };
  distrust(globalThis, "RTCPeerConnection", "MediaRecorder", "MediaSource", "ManagedMediaSource",
    "AudioWorkletNode", "MediaStreamTrackProcessor", "ImageCapture", "ReportingObserver", "PressureObserver", "IdleDetector");
  distrust(globalThis.PerformanceObserver?.prototype, "observe");
  distrust(globalThis.Worklet?.prototype, "addModule");
  distrust(globalThis.HTMLVideoElement?.prototype, "requestVideoFrameCallback");
  for (const owner of [HTMLMediaElement.prototype, HTMLCanvasElement.prototype]) distrust(owner, "captureStream");
  distrust(globalThis.HTMLVideoElement?.prototype, "getVideoPlaybackQuality");
  distrust(globalThis.Atomics, "waitAsync");
  listen.call(globalThis, "hashchange", () => observes("location.hash was changed"));
  for (const owner of [Element.prototype, globalThis])
    distrust(owner, "scroll", "scrollTo", "scrollBy", "scrollIntoView", "scrollIntoViewIfNeeded");
  for (const name of ["scrollTop", "scrollLeft"]) {
    const real = Object.getOwnPropertyDescriptor(Element.prototype, name);
    Object.defineProperty(Element.prototype, name, { ...real, set(value) { observes(`${name} was set`); real.set.call(this, value); } });
  }

  // Values of these decide neither layout nor which rules apply, nor do descendants inherit them.
  const isOfPaint =
    /^(transform|translate|rotate|scale|opacity|filter|backdropFilter|clipPath|boxShadow|background\w*|border\w*Color|outline\w*|mask\w*|offset|composite|easing|computedOffset|offset(Path|Distance|Rotate|Anchor|Position)|mixBlendMode|objectPosition|transformOrigin|perspective\w*|strokeDash\w*|stroke\w*|fill\w*|stopColor|stopOpacity|floodColor|floodOpacity|d|cx|cy|r|rx|ry)$/;
  const isInherited =
    /^(--|color|font|letterSpacing|wordSpacing|lineHeight|text|visibility|stroke|fill|cursor|caret|accent|list|quotes|tab|whiteSpace|webkitText|zoom|borderSpacing|borderCollapse|captionSide|emptyCells|overflowWrap|wordBreak|lineBreak|hyphen|scrollbarColor|math|direction|writing|orphans|widows|hyphens|paint|marker|clipRule|shape|image|pointer)/;
  const changesRules = /^(display|contentVisibility|position\w*|container\w*|animation\w*|transition\w*)$/;

  const textOf = sheet => [...sheet.cssRules].map(rule => rule.styleSheet ? textOf(rule.styleSheet) : rule.cssText).join("\n");
  const sheetsOf = root => [...root.styleSheets, ...root.adoptedStyleSheets ?? []];
  /** Whether keyframes set custom properties, which getKeyframes does not tell. */
  const hasCustomProperty = text => (text.match(/@keyframes[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g) ?? []).some(rule => /[{;]\s*--/.test(rule));

  /** Why the styles of a document or shadow root make a frame depend on earlier ones; empty when they do not. */
  const findStyle = (root, { text, animated, hasFrames }) => {
    const inline = word => root.querySelector(`[style*="${word}" i]`);
    if (/content-visibility\s*:\s*(auto|var)/.test(text) || inline("content-visibility")) return "content-visibility";
    if (/contain-intrinsic[\w-]*\s*:[^;}]*(auto|var)/.test(text) || inline("contain-intrinsic")) return "contain-intrinsic-size";
    if (/(animation|scroll|view)-timeline|timeline-scope|(scroll|view)\(/.test(text) || inline("timeline"))
      return "a timeline of scrolling";
    if (/position-try|position-visibility/.test(text) || inline("position-try")) return "position-try";
    const isFocused = root.activeElement && root.activeElement !== document.body;
    if (isFocused && /scroll-behavior\s*:\s*smooth/.test(text)) return "focus next to smooth scrolling";
    if (animated.length === 0) return "";
    if (animated.some(name => changesRules.test(name))) return "an animation that decides which rules apply";
    if (isFocused && animated.includes("visibility")) return "an animation of visibility while an element has the focus";
    if (/scroll-state/.test(text)) return "an animation next to queries of scrolling";
    if (hasCustomProperty(text) && /(display|content-visibility|container[\w-]*|position[\w-]*)\s*:[^;}]*(var|if|--[\w-]+)\(/.test(text))
      return "an animated custom property that decides which rules apply";
    if (animated.some(name => !isOfPaint.test(name))) {
      if (hasFrames) return "an animation of layout in a page with frames"; // whose media queries tell their size
      if (/@container|container(-type)?\s*:|\dcq|scroll-snap-type|scroll-behavior/.test(text) || inline("container") || inline("cq"))
        return "an animation of layout next to container queries or scrolling";
    }
    const hasTransitions = /transition[\w-]*\s*:(?!\s*(none|all)?\s*(0s)?\s*;)/.test(text) || inline("transition");
    if (hasTransitions && (animated.some(name => isInherited.test(name)) || /:\s*inherit/.test(text) || inline("inherit")))
      return "an inherited animation next to transitions";
    return "";
  };

  const moving = "animate, set, animateTransform, animateMotion";
  /** The same of SVG's own animations. */
  const findSmil = (root, text, isHeard) => {
    const elements = root.querySelectorAll(moving);
    if (elements.length === 0) return "";
    if (isHeard || root.querySelector(attributes.smil)) return "a listener for events of SVG animations";
    if (/transition[\w-]*\s*:/.test(text) || root.querySelector("[style*=transition]")) return "SVG animations next to transitions";
    for (const element of elements) {
      if (/^(class|style|display|href|xlink:href|visibility)$/.test(element.getAttribute("attributeName") ?? ""))
        return "an SVG animation that decides which rules apply";
      if (
        /[a-z(]/i.test(`${element.getAttribute("begin") ?? ""}${element.getAttribute("end") ?? ""}`.replace(/(\d|\.)(ms|s|min|h)\b/g, ""))
      )
        return "an SVG animation that begins with another or an event";
    }
    return "";
  };

  const findAnimations = (root, animated) => {
    for (const animation of root.getAnimations()) {
      const { playState, effect, timeline } = animation;
      if (animation.pending) return "an animation that begins";
      if (timeline !== document.timeline && timeline !== null) return "a timeline of scrolling";
      if (playState !== "running") continue;
      if (awaited.has(animation)) return "an awaited animation";
      if (heard.has("animation") && animation instanceof CSSAnimation) return "a listener for events of animations";
      if (heard.has("transition") && animation instanceof CSSTransition) return "a listener for events of transitions";
      for (const frame of effect?.getKeyframes() ?? []) for (const name of Object.keys(frame)) animated.push(name);
    }
    return "";
  };

  const isScrolled = root => root === document && (document.scrollingElement?.scrollTop || document.scrollingElement?.scrollLeft);
  const odd = "marquee, progress:not([value]), meta[http-equiv=refresh i], iframe[loading=lazy i], frameset, object, embed";
  /**
   * Why the content of a document or shadow root may observe frames; empty when it cannot. Adds its animated properties and its styles to
   * those of all roots, which reach into shadow trees and frames.
   */
  facts.findObserver = (root, all) => {
    const element = root.querySelector(odd);
    if (element) return `an element ${element.localName}`;
    if (isScrolled(root)) return "a document that is scrolled";
    for (const kind of ["animation", "transition"]) if (!heard.has(kind) && root.querySelector(attributes[kind])) heard.add(kind);
    if (root.querySelector("video, audio") && (heard.has("media") || root.querySelector(attributes.media)))
      return "a listener for events of media";
    const reason = findAnimations(root, all.animated);
    if (reason) return reason;
    try { all.texts.push(...sheetsOf(root).map(textOf)); } catch { return "a style sheet of another site"; }
    return "";
  };

  /** Why the styles of a document or shadow root, with those of all others, make a frame depend on earlier ones; empty when they do not. */
  facts.findHistory = (root, all) => findStyle(root, all) || findSmil(root, all.text, heard.has("smil"));

  /** Whether styles of a document or shadow root take a number by chance, which is another one in every browser. */
  facts.usesChance = root => sheetsOf(root).some(sheet => { try { return /[^-\w]random\(/.test(textOf(sheet)); } catch { return false; } });

  /** Whether a callback of a frame waits. */
  facts.awaitsFrame = () => waiting.size > 0;

  /** When the first timer of this window is due, ms on the page's clock; 0 when it has used what cannot be followed. */
  facts.findTimer = () => {
    let first = lasting ? 0 : Infinity;
    for (const { time } of dues.values()) first = Math.min(first, time);
    return first;
  };

  /** Where the clock has to stop next for a timer of this window, 0.1 ms; Infinity when nowhere. */
  facts.findStop = clock => {
    let first = Infinity;
    for (const { points } of dues.values()) for (const point of points) if (point > clock) first = Math.min(first, point);
    return first;
  };

  /** Why this window observes the next frame, or the time of its first timer, ms on the page's clock; cheap. */
  facts.findPending = () => {
    if (lasting) return lasting;
    if (state.needsDisplay) return state.needsDisplay;
    if (state.hasScrolled) return "an element that has scrolled";
    if (waiting.size > 0) return "a callback of requestAnimationFrame";
    if (work.size > 0) return work.values().next().value;
    if (idle.size > 0) return "a callback of requestIdleCallback";
    if (workers.some(worker => worker.isAlive)) return "a worker";
    for (const targets of observers.values()) if (targets.size > 0) return "an observer of elements";
    for (const animation of awaited) if (animation.playState === "running" || animation.pending) return "an awaited animation";
    return facts.findTimer();
  };
