// Runs before any script of the page, in every frame. Makes chance repeatable and keeps the few facts that helios asks
// for; @SEED@, @PROPS@ and @EPOCH@ are filled in. The page finds nothing of it but its props.
(() => {
  "use strict";
  const define = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true });

  // A 32-bit Weyl sequence through the finalizer of MurmurHash3: every state is one add, every output well mixed.
  const generator = seed => {
    let state = seed >>> 0;
    return () => {
      state = (state + 0x9e3779b9) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
      mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
      return (mixed ^ (mixed >>> 16)) >>> 0;
    };
  };
  const next = generator(@SEED@);
  const nextByte = generator(@SEED@ ^ 0x5bd1e995);

  // 53 bits, as the original gives
  define(Math, "random", function random() { return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992; });

  const fill = bytes => { for (let i = 0; i < bytes.length; i++) bytes[i] = nextByte() >>> 24; };
  if (globalThis.Crypto) {
    const real = Crypto.prototype.getRandomValues;
    define(Crypto.prototype, "getRandomValues", function getRandomValues(array) {
      real.call(this, array); // throws for what it does not take
      fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
      return array;
    });
    if (Crypto.prototype.randomUUID) {
      define(Crypto.prototype, "randomUUID", function randomUUID() {
        const bytes = new Uint8Array(16);
        fill(bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
        return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
      });
    }
  }

  const replaceGetter = (prototype, name, change) => {
    const real = prototype && Object.getOwnPropertyDescriptor(prototype, name);
    if (real?.get) Object.defineProperty(prototype, name, { ...real, get() { return change(real.get.call(this), this); } });
  };

  // Time stamps are differences of large numbers; the clock moves in steps of 0.1 ms. Before 0.15 ms it is still 0: the
  // first frame may have to be asked for several times.
  const onGrid = value => typeof value !== "number" ? value : value >= 0 && value < 0.15 ? 0 : Math.round(value * 10) / 10;
  const realNow = Performance.prototype.now;
  define(Performance.prototype, "now", function now() { return onGrid(realNow.call(this)); });
  replaceGetter(Event.prototype, "timeStamp", onGrid);
  replaceGetter(PerformanceEntry.prototype, "startTime", onGrid);
  replaceGetter(PerformanceEntry.prototype, "duration", onGrid);
  replaceGetter(globalThis.AnimationTimeline?.prototype, "currentTime", onGrid);
  replaceGetter(globalThis.IntersectionObserverEntry?.prototype, "time", onGrid);

  // The same of frames of this site, found through their parent; another site's have their own.
  const family = (() => {
    try {
      return window !== window.parent ? window.parent.__helios_facts : undefined;
    } catch {
      return undefined;
    }
  })();

  // Milliseconds since 1970 when the document began. The browser's own count begins within 0.1 ms of the epoch.
  const origin = family ? family.origin + family.now() : window === window.top ? @EPOCH@ : Math.round(performance.timeOrigin);
  const now = () => onGrid(realNow.call(performance)); // the page may put another in its place
  replaceGetter(Performance.prototype, "timeOrigin", () => origin);
  const today = () => Math.floor(origin + now() + 0.01);
  const RealDate = Date;
  RealDate.now = today;
  const date = new Proxy(RealDate, {
    construct: (target, values, self) => Reflect.construct(target, values.length === 0 ? [today()] : values, self === date ? target : self),
    apply: () => new RealDate(today()).toString(),
  });
  define(RealDate.prototype, "constructor", date);
  define(globalThis, "Date", date);

  // What runs once a frame must not run once for each time that frame 0 is asked for.
  const request = globalThis.requestAnimationFrame;
  const cancel = globalThis.cancelAnimationFrame;
  const waiting = new Map();
  let handles = 0;
  let shown = -1; // time of the frame whose callbacks run or ran last
  define(globalThis, "requestAnimationFrame", function requestAnimationFrame(callback) {
    if (typeof callback !== "function") return request(callback); // throws
    const handle = ++handles;
    const asked = shown;
    const run = time => {
      const frame = onGrid(time);
      if (frame <= asked) { waiting.set(handle, request(run)); return; }
      waiting.delete(handle);
      shown = frame;
      callback(frame);
    };
    waiting.set(handle, request(run));
    return handle;
  });
  define(globalThis, "cancelAnimationFrame", function cancelAnimationFrame(handle) {
    if (waiting.has(handle)) cancel(waiting.get(handle));
    waiting.delete(handle);
  });

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

  // What other threads do for the page, from the call to the end of the promise: a frame waits for it, for it would else
  // show it or not by chance.
  const work = family ? family.work : new Map();
  const track = (target, ...names) => {
    for (const name of names) {
      const real = target?.[name];
      if (typeof real !== "function") continue;
      define(target, name, { [name](...values) {
        const result = real.apply(this, values);
        if (typeof result?.then === "function") {
          const key = {};
          const end = () => work.delete(key);
          work.set(key, name);
          result.then(end, end);
        }
        return result;
      } }[name]);
    }
  };
  track(globalThis, "createImageBitmap");
  track(globalThis.HTMLImageElement?.prototype, "decode");
  track(globalThis.SVGImageElement?.prototype, "decode");
  track(globalThis.FontFace?.prototype, "load");
  track(globalThis.BaseAudioContext?.prototype, "decodeAudioData");
  track(globalThis.OfflineAudioContext?.prototype, "startRendering");
  track(globalThis.OffscreenCanvas?.prototype, "convertToBlob");
  track(globalThis.ImageDecoder?.prototype, "decode");
  track(globalThis.SubtleCrypto?.prototype, "digest", "encrypt", "decrypt", "sign", "verify", "importKey", "deriveBits", "deriveKey");
  track(globalThis.WebAssembly, "compile", "instantiate", "compileStreaming", "instantiateStreaming");
  for (const body of ["Blob", "Response", "Request"]) track(globalThis[body]?.prototype, "arrayBuffer", "blob", "bytes", "formData", "json", "text");

  // An audio device has a clock of its own: contexts go by the page's, in the blocks of 128 samples that audio comes in.
  const born = new WeakMap();
  for (const name of ["AudioContext", "webkitAudioContext"]) {
    const real = globalThis[name];
    if (!real) continue;
    define(globalThis, name, new Proxy(real, {
      construct(target, values, self) {
        const context = Reflect.construct(target, values, self);
        born.set(context, now());
        return context;
      },
    }));
  }
  replaceGetter(globalThis.BaseAudioContext?.prototype, "currentTime", (time, context) => {
    if (!born.has(context)) return time; // an OfflineAudioContext renders as fast as it can, and alike every time
    const block = 128 / context.sampleRate;
    return Math.floor((now() - born.get(context)) / 1000 / block) * block;
  });

  define(globalThis, "__HELIOS_PROPS__", JSON.parse(@PROPS@));
  define(globalThis, "__hfVariables", JSON.parse(@PROPS@)); // the name that HyperFrames pages read

  // What needs every earlier frame displayed, and roots that cannot be found from outside.
  const facts = { needsDisplay: "", refusal: "", roots: [], work, origin, now };
  Object.defineProperty(globalThis, "__helios_facts", { value: facts });
  const note = (prototype, name) => {
    const real = prototype?.[name];
    if (real) define(prototype, name, function (...values) { facts.needsDisplay ||= name; return real.apply(this, values); });
  };
  note(Document.prototype, "startViewTransition");
  const attach = Element.prototype.attachShadow;
  define(Element.prototype, "attachShadow", function attachShadow(options) {
    const root = attach.call(this, options);
    if (options?.mode === "closed") facts.roots.push(root);
    return root;
  });
})();
