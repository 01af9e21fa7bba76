// Runs before any script of the page, in every frame. Makes chance repeatable and keeps the few facts that helios asks
// for; @SEED@ and @PROPS@ are filled in. The page finds nothing of it but its props.
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

  // The browser's clock carries nanoseconds of noise from run to run; virtual time moves in steps of 0.1 ms.
  // Rounding leans down a little: a value half-way between two steps must not fall to either side by chance.
  const onGrid = value => typeof value === "number" ? Math.round(value * 10 - 0.2) / 10 : value;
  const now = Performance.prototype.now;
  define(Performance.prototype, "now", function () { return onGrid(now.call(this)); });
  const replaceGetter = (prototype, name, change) => {
    const real = prototype && Object.getOwnPropertyDescriptor(prototype, name);
    if (real?.get) Object.defineProperty(prototype, name, { ...real, get() { return change(real.get.call(this), this); } });
  };
  // Frame 0 may have to be asked for again until it has a picture; what runs once a frame must not run once a try.
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

  replaceGetter(Performance.prototype, "timeOrigin", Math.round);
  replaceGetter(Event.prototype, "timeStamp", onGrid);
  replaceGetter(globalThis.AnimationTimeline?.prototype, "currentTime", onGrid);
  replaceGetter(globalThis.IntersectionObserverEntry?.prototype, "time", onGrid);

  // An audio device has a clock of its own: contexts go by the page's, in the blocks of 128 samples that audio comes in.
  const born = new WeakMap();
  for (const name of ["AudioContext", "webkitAudioContext"]) {
    const real = globalThis[name];
    if (!real) continue;
    define(globalThis, name, new Proxy(real, {
      construct(target, values, self) {
        const context = Reflect.construct(target, values, self);
        born.set(context, performance.now());
        return context;
      },
    }));
  }
  replaceGetter(globalThis.BaseAudioContext?.prototype, "currentTime", (time, context) => {
    if (!born.has(context)) return time; // an OfflineAudioContext renders as fast as it can, and alike every time
    const block = 128 / context.sampleRate;
    return Math.floor((performance.now() - born.get(context)) / 1000 / block) * block;
  });

  define(globalThis, "__HELIOS_PROPS__", JSON.parse(@PROPS@));
  define(globalThis, "__hfVariables", JSON.parse(@PROPS@)); // the name that HyperFrames pages read

  // What needs every earlier frame displayed, and roots that cannot be found from outside.
  const facts = { needsDisplay: "", refusal: "", roots: [] };
  Object.defineProperty(globalThis, "__helios_facts", { value: facts });
  const note = (prototype, name) => {
    const real = prototype?.[name];
    if (real) define(prototype, name, function (...values) { facts.needsDisplay ||= name; return real.apply(this, values); });
  };
  note(Document.prototype, "startViewTransition");
  note(globalThis, "requestIdleCallback");
  const attach = Element.prototype.attachShadow;
  define(Element.prototype, "attachShadow", function attachShadow(options) {
    const root = attach.call(this, options);
    if (options?.mode === "closed") facts.roots.push(root);
    return root;
  });
})();
