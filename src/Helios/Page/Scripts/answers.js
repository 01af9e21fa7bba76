// Follows shared.js in its function, in every frame of a page and in every worker. A frame waits for what other threads of the browser do
// for the page: otherwise their answers would come in one frame or the next by chance.
  const listen = EventTarget.prototype.addEventListener; // helios' own listeners observe nothing (horizon.js)

  /**
   * Something that has begun and not ended: start puts its name into work, a map; end takes it out again, and calls onEnd if it was there.
   */
  const makeEntry = (work, onEnd, name) => {
    const key = {};
    return { start: () => { work.set(key, name); }, end: () => { if (work.delete(key)) onEnd(); } };
  };
  /**
   * Keeps work of what the named methods begin. begin(call, self, end, start) calls the method, start when it has begun something, and sees
   * to it that end is called.
   */
  const trackCalls = (work, onEnd, target, names, begin) => {
    for (const name of names) {
      const real = target?.[name];
      if (typeof real !== "function") continue;
      define(target, name, { [name](...values) {
        const { start, end } = makeEntry(work, onEnd, name);
        return begin(() => real.apply(this, values), this, end, start);
      } }[name]);
    }
  };
  /** The same of functions that answer by a promise. */
  const track = (work, onEnd, target, ...names) => trackCalls(work, onEnd, target, names, (call, self, end, start) => {
    const result = call();
    if (typeof result?.then === "function") { start(); result.then(end, end); }
    return result;
  });
  /** The same of methods that answer by events: of the object, or of the one that they return. */
  const trackEvents = (work, onEnd, target, names, ends) => trackCalls(work, onEnd, target, names, (call, self, end, start) => {
    const result = call();
    start();
    for (const type of ends) listen.call(result ?? self, type, end, { once: true });
    return result;
  });

  /** A picture of a canvas element comes as a task, not in the browser's idle time, which the clock does not have. */
  const replaceToBlob = postTask => {
    const prototype = globalThis.HTMLCanvasElement?.prototype;
    if (prototype) define(prototype, "toBlob", function toBlob(callback, type, quality) {
      if (typeof callback !== "function") throw new TypeError("toBlob: the callback is not a function");
      const [head, text] = this.toDataURL(type, quality).split(",");
      const bytes = text ? Uint8Array.from(atob(text), letter => letter.charCodeAt(0)) : null;
      postTask(() => callback(bytes && new Blob([bytes], { type: head.slice(5, head.indexOf(";")) })), { priority: "user-visible" });
    });
  };

  /**
   * A page asks again and again whether the graphics process has come to a fence: it has when another time is asked at, or for the second
   * time. Programs of shaders are always ready: who uses one waits for it.
   * @param time of the frame
   */
  const replaceFences = time => {
    const COMPLETION_STATUS = 0x91b1; // KHR_parallel_shader_compile
    for (const name of ["WebGLRenderingContext", "WebGL2RenderingContext"]) {
      for (const call of ["getProgramParameter", "getShaderParameter"]) {
        const real = globalThis[name]?.prototype[call];
        if (real)
          define(
            globalThis[name].prototype,
            call,
            {
              [call](object, parameter) {
                return parameter === COMPLETION_STATUS || real.call(this, object, parameter);
              },
            }[call],
          );
      }
    }
    const prototype = globalThis.WebGL2RenderingContext?.prototype;
    if (!prototype) return;
    const { fenceSync, getSyncParameter, clientWaitSync, finish, SYNC_STATUS, SIGNALED, UNSIGNALED, CONDITION_SATISFIED, TIMEOUT_EXPIRED } =
      prototype;
    const made = new WeakMap();
    const isDue = (context, sync) => {
      const fence = made.get(sync);
      if (fence.time === time() && fence.polls++ === 0) return false;
      finish.call(context);
      return true;
    };
    define(prototype, "fenceSync", function (...values) {
      const sync = fenceSync.apply(this, values);
      if (sync) made.set(sync, { time: time(), polls: 0 });
      return sync;
    });
    define(prototype, "getSyncParameter", function (sync, parameter) {
      const value = getSyncParameter.call(this, sync, parameter);
      return parameter === SYNC_STATUS && made.has(sync) ? isDue(this, sync) ? SIGNALED : UNSIGNALED : value;
    });
    define(prototype, "clientWaitSync", function (sync, ...values) {
      const value = clientWaitSync.call(this, sync, ...values);
      return made.has(sync) ? isDue(this, sync) ? CONDITION_SATISFIED : TIMEOUT_EXPIRED : value;
    });
  };

  // Streams of files and answers: what is read of them comes from elsewhere, and comes to an end. Those that a page makes may wait for its
  // timers.
  const finite = new WeakSet();
  const readers = new WeakSet();
  const trackStreams = (work, onEnd) => {
    const { ReadableStream, ReadableStreamDefaultReader, Response, Blob } = globalThis;
    const noteStream = stream => { if (stream instanceof ReadableStream) finite.add(stream); return stream; };
    const { stream } = Blob.prototype;
    define(Blob.prototype, "stream", function () { return noteStream(stream.call(this)); });
    replaceGetter(Response?.prototype, "body", (body, response) => fetched.has(response) ? noteStream(body) : body);
    const { getReader, pipeThrough, tee } = ReadableStream.prototype;
    define(ReadableStream.prototype, "getReader", function (...values) {
      const reader = getReader.apply(this, values);
      if (finite.has(this)) readers.add(reader);
      return reader;
    });
    const isOfBrowser = pair =>
      [globalThis.CompressionStream, globalThis.DecompressionStream, globalThis.TextDecoderStream, globalThis.TextEncoderStream].some(
        kind => kind && pair instanceof kind,
      );
    define(ReadableStream.prototype, "pipeThrough", function (pair, ...values) {
      const result = pipeThrough.call(this, pair, ...values);
      return finite.has(this) && isOfBrowser(pair) ? noteStream(result) : result;
    });
    define(ReadableStream.prototype, "tee", function () {
      const both = tee.call(this);
      if (finite.has(this)) both.forEach(noteStream);
      return both;
    });
    const iterate = ReadableStream.prototype[Symbol.asyncIterator];
    const readAll = async function* (stream, { preventCancel = false } = {}) {
      const reader = stream.getReader();
      let isDone = false;
      try {
        for (let answer = await reader.read(); !(isDone = answer.done); answer = await reader.read()) yield answer.value;
      } finally {
        if (!isDone && !preventCancel) await reader.cancel();
        reader.releaseLock();
      }
    };
    for (const name of [Symbol.asyncIterator, "values"]) {
      define(ReadableStream.prototype, name, function (...values) {
        return finite.has(this) ? readAll(this, ...values) : iterate.apply(this, values);
      });
    }
    trackCalls(work, onEnd, ReadableStreamDefaultReader?.prototype, ["read"], (call, self, end, start) => {
      const result = call();
      if (readers.has(self)) { start(); result.then(end, end); }
      return result;
    });
  };

  /**
   * Pictures and sounds of a decoder come when another thread has them. Only flush, which is waited for, tells that all have come: until
   * the page calls it they are kept.
   * @returns tells when some have been kept for long
   */
  const watchDecoders = (time, refuse) => {
    const LONGEST = 100; // ms on the page's clock
    const kept = new Set(); // of decoders: { since, outputs, name }
    for (const name of ["VideoDecoder", "AudioDecoder"]) {
      const real = globalThis[name];
      if (!real) continue;
      const flushing = new WeakMap(); // decoders, and how many times
      const waiting = new WeakMap(); // decoders, and what is kept
      const decoder = new Proxy(real, {
        construct(target, [init, ...rest], self) {
          let made = null;
          const take = typeof init?.output !== "function" ? init?.output : output => {
            if (flushing.get(made)) { init.output(output); return; }
            if (!waiting.has(made)) waiting.set(made, { since: time(), name, give: init.output, outputs: [] });
            waiting.get(made).outputs.push(output);
            kept.add(waiting.get(made));
          };
          made = Reflect.construct(target, [init && { output: take, error: init.error }, ...rest], self === decoder ? target : self);
          return made;
        },
      });
      const { flush } = real.prototype;
      define(real.prototype, "flush", function () {
        const count = change => flushing.set(this, (flushing.get(this) ?? 0) + change);
        count(1);
        const result = flush.call(this);
        result.then(() => count(-1), () => count(-1));
        const early = waiting.get(this);
        waiting.delete(this);
        kept.delete(early);
        if (early) Promise.resolve().then(() => { for (const output of early.outputs) early.give(output); });
        return result;
      });
      define(real.prototype, "constructor", decoder);
      define(globalThis, name, decoder);
    }
    return () => {
      for (const { since, name } of kept)
        if (time() - since > LONGEST)
          refuse(
            `the page takes what ${name} (WebCodecs) decodes as it comes, which is by chance: ` +
              `await its flush(), or play the file by a media element`,
          );
    };
  };

  // What answers by a promise, by itself: not by a user, a device or another machine, and without the page doing more. All that Chromium
  // 156 has of promises stands in tests/Helios.EndToEnd/Apis, where a test holds it against the browser.
  const bodies = "arrayBuffer blob bytes formData json text";
  const promised = {
    AudioDecoder: "flush",
    AudioEncoder: "flush",
    VideoDecoder: "flush",
    VideoEncoder: "flush",
    VideoFrame: "copyTo",
    ImageDecoder: "decode",
    BaseAudioContext: "decodeAudioData",
    OfflineAudioContext: "startRendering",
    Blob: bodies,
    Request: bodies,
    Response: bodies,
    CSSStyleSheet: "replace",
    FontFace: "load",
    FontFaceSet: "load",
    HTMLImageElement: "decode",
    SVGImageElement: "decode",
    OffscreenCanvas: "convertToBlob",
    Cache: "add addAll delete keys match matchAll put",
    CacheStorage: "delete has keys match open",
    CookieStore: "delete get getAll set",
    IDBFactory: "databases",
    FileSystemDirectoryHandle: "getDirectoryHandle getFileHandle removeEntry resolve",
    FileSystemFileHandle: "createWritable getFile move createSyncAccessHandle",
    FileSystemHandle: "isSameEntry remove queryPermission",
    FileSystemWritableFileStream: "seek truncate write",
    StorageManager: "estimate getDirectory persisted",
    StorageBucket: "estimate expires getDirectory persisted setExpires",
    StorageBucketManager: "delete keys open",
    GPU: "requestAdapter",
    GPUAdapter: "requestDevice",
    GPUBuffer: "mapAsync",
    GPUDevice: "createComputePipelineAsync createRenderPipelineAsync popErrorScope",
    GPUQueue: "onSubmittedWorkDone",
    GPUShaderModule: "getCompilationInfo",
    MediaCapabilities: "decodingInfo encodingInfo",
    Navigator: "requestMediaKeySystemAccess",
    NavigatorUAData: "getHighEntropyValues",
    Permissions: "query",
    MediaDevices: "enumerateDevices",
    LockManager: "query",
    XRSystem: "isSessionSupported",
    AudioContext: "close resume suspend",
    SubtleCrypto:
      "decapsulateBits decapsulateKey decrypt deriveBits deriveKey digest encapsulateBits encapsulateKey encrypt exportKey generateKey " +
      "getPublicKey importKey sign unwrapKey verify wrapKey",
  };

  /** What a directory has comes one by one. */
  const trackDirectories = (work, onEnd) => {
    const directory = globalThis.FileSystemDirectoryHandle?.prototype;
    const known = new Set(); // prototypes of iterators
    for (const name of directory ? ["keys", "values", "entries", Symbol.asyncIterator] : []) {
      const real = directory[name];
      define(directory, name, function () {
        const iterator = real.call(this);
        const prototype = Object.getPrototypeOf(iterator);
        if (!known.has(prototype)) track(work, onEnd, prototype, "next");
        known.add(prototype);
        return iterator;
      });
    }
  };

  /** A lock that is free comes by itself. */
  const trackLocks = (work, onEnd, asked) => {
    const request = globalThis.LockManager?.prototype.request;
    if (request)
      define(LockManager.prototype, "request", function (name, ...values) {
        const callback = values.at(-1);
        const { start, end } = makeEntry(work, onEnd, "navigator.locks");
        if (!asked.get(name)) start();
        asked.set(name, (asked.get(name) ?? 0) + 1);
        const result = request.call(
          this,
          name,
          ...values.slice(0, -1),
          typeof callback === "function"
            ? lock => {
                end();
                return callback(lock);
              }
            : callback,
        );
        const leave = () => {
          end();
          asked.set(name, asked.get(name) - 1);
        };
        result.then(leave, leave);
        return result;
      });
  };

  /**
   * @param work   gets what has not ended
   * @param onEnd  called whenever something has
   * @param time   of the frame
   * @param refuse called with why the page cannot be rendered
   * @param asked  how many ask for each lock, in all windows of the page; null for a worker, which cannot know
   * @returns what has to be called in each frame
   */
  const trackAll = (work, onEnd, time, refuse, asked) => {
    const watch = watchDecoders(time, refuse);
    for (const [name, members] of Object.entries(promised)) track(work, onEnd, globalThis[name]?.prototype, ...members.split(" "));
    for (const name of ["VideoDecoder", "AudioDecoder", "VideoEncoder", "AudioEncoder"])
      track(work, onEnd, globalThis[name], "isConfigSupported");
    track(work, onEnd, globalThis.ImageDecoder, "isTypeSupported");
    const seen = new WeakSet(); // promises
    for (const [name, member] of [
      ["ImageDecoder", "completed"],
      ["ImageTrackList", "ready"],
    ])
      replaceGetter(globalThis[name]?.prototype, member, promise => {
        if (seen.has(promise)) return promise;
        const { start, end } = makeEntry(work, onEnd, name);
        seen.add(promise);
        start();
        promise.then(end, end);
        return promise;
      });
    trackDirectories(work, onEnd);
    track(work, onEnd, globalThis, "createImageBitmap");
    track(work, onEnd, globalThis.WebAssembly, "compile", "instantiate", "compileStreaming", "instantiateStreaming");
    trackEvents(
      work,
      onEnd,
      globalThis.FileReader?.prototype,
      ["readAsArrayBuffer", "readAsBinaryString", "readAsDataURL", "readAsText"],
      ["loadend"],
    );
    trackEvents(work, onEnd, globalThis.IDBFactory?.prototype, ["open", "deleteDatabase"], ["success", "error", "blocked"]);
    trackEvents(work, onEnd, globalThis.SourceBuffer?.prototype, ["appendBuffer", "remove"], ["updateend"]);
    trackEvents(work, onEnd, globalThis.IDBDatabase?.prototype, ["transaction"], ["complete", "abort"]);
    trackCalls(work, onEnd, globalThis.WritableStream?.prototype, ["close", "abort"], (call, self, end, start) => {
      const result = call();
      if (globalThis.FileSystemWritableFileStream && self instanceof FileSystemWritableFileStream) { start(); result.then(end, end); }
      return result;
    });
    trackStreams(work, onEnd);
    replaceFences(time);
    if (asked) trackLocks(work, onEnd, asked);
    return watch;
  };
