// Runs before any script, of a page in every frame and of a worker: makes chance repeatable, and gives clocks.js, answers.js, offscreen.js
// and then prelude.js or worker.js, which follow it in one function, what they need. @SEED@ and @HTML_IN_CANVAS@ are filled in.
  const canPaint = "gc" in globalThis;
  if (canPaint) globalThis.gc = undefined; // for helios' scripts; it stays as a name, which cannot be deleted
  const hasHtmlInCanvas = @HTML_IN_CANVAS@;
  if (canPaint && !hasHtmlInCanvas) {
    // what this browser has for capture by paint is for pixels.js only, and pages find what they find by screenshot
    for (const name of ["ElementImage", "ElementGeometryUpdateEvent"]) delete globalThis[name];
    const isOfPaint = /^(content|layoutSubtree|onpaint|onelementgeometryupdate|requestPaint)$|Element((Sub)?Image|Geometry|Transform)/;
    for (const name of [
      "HTMLCanvasElement",
      "OffscreenCanvas",
      "CanvasRenderingContext2D",
      "OffscreenCanvasRenderingContext2D",
      "WebGLRenderingContext",
      "WebGL2RenderingContext",
      "GPUQueue",
    ]) {
      const prototype = globalThis[name]?.prototype ?? {};
      for (const member of Object.getOwnPropertyNames(prototype)) if (isOfPaint.test(member)) delete prototype[member];
    }
  }
  const define = (target, name, value) => Object.defineProperty(target, name, { value, writable: true, configurable: true });

  /** An address for a message: a data: URL may have megabytes. */
  const shorten = text => text.length > 300 ? text.slice(0, 297) + "..." : text;

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

  const fetched = new WeakSet(); // responses
  // A body that nobody reads would hold its request open, and with it the clock.
  if (globalThis.fetch) {
    const real = globalThis.fetch;
    define(globalThis, "fetch", async function fetch(...values) {
      const response = await real.apply(this ?? globalThis, values);
      fetched.add(response);
      const reader = response.clone().body?.getReader();
      const drain = () => reader?.read().then(({ done }) => done || drain(), () => {});
      drain();
      return response;
    });
  }

  const replaceGetter = (prototype, name, change) => {
    const real = prototype && Object.getOwnPropertyDescriptor(prototype, name);
    if (real?.get) Object.defineProperty(prototype, name, { ...real, get() { return change(real.get.call(this), this); } });
  };
