// Hands the pixels of frames to helios, through a file of the page's own file system. Installed in the main frame only,
// before anything else, so that it works with the browser's own Worker. Not part of a page that is captured by screenshot.
(() => {
  "use strict";
  if (window !== window.top) return;
  const [NativeWorker, NativeBlob, NativeUrl, NativeCanvas, Frame, collect] = [
    Worker,
    Blob,
    URL,
    OffscreenCanvas,
    globalThis.VideoFrame,
    globalThis.gc,
  ];
  // A picture by paint holds the pixels of the page's canvas elements until it is collected, even when it is closed. To the
  // collectors of page and worker it is a few bytes, so that by themselves they would let them grow to gigabytes.
  const MOST_HELD = 4;

  // A drawing buffer of WebGL is cleared once it is shown, which may be before helios has it.
  const { getContext, transferControlToOffscreen, captureElementImage } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return getContext.call(this, kind, /^(experimental-)?webgl/.test(kind) ? { ...options, preserveDrawingBuffer: true } : options);
  };

  // Runs in a worker: writes one picture after the other to its slot, then the slot's number: BGRA, colours multiplied with
  // alpha, as a canvas holds it. A VideoFrame copies that into the same memory each time, where ImageData takes it anew.
  const work = () => {
    const MAGIC = 0x48454c49;
    const MAGIC_OFFSET = 4092;
    let canvas, context, file, setup, pixels;

    const open = async data => {
      setup = data;
      canvas = setup.canvas;
      context = canvas?.getContext("2d", { alpha: !setup.isOpaque, willReadFrequently: true });
      pixels = new Uint8Array(setup.width * setup.height * 4);
      const root = await navigator.storage.getDirectory();
      file = await (await root.getFileHandle("helios-frames", { create: true })).createSyncAccessHandle();
      file.truncate(setup.header + setup.slots * pixels.length);
      write(new Uint32Array([MAGIC]), MAGIC_OFFSET);
    };
    const write = (values, offset) => {
      if (file.write(values, { at: offset }) !== values.byteLength) throw new Error("no room for the page's file");
    };
    const draw = ({ image, width, height, left, top }) => {
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      if (setup.isOpaque) {
        context.fillStyle = "#fff"; // what the browser has behind a page
        context.fillRect(0, 0, width, height);
      } else context.clearRect(0, 0, width, height);
      context.drawElementImage(image, -left, -top, setup.width, setup.height);
      image.close();
      return new VideoFrame(canvas, { timestamp: 0 });
    };
    /** A frame of 8 bits in sRGB, as it is; another one drawn anew. */
    const convert = async frame => {
      if (/^(BGR|RGB)/.test(frame.format) && frame.colorSpace.primaries === "bt709") return frame;
      const image = await createImageBitmap(frame); // a VideoFrame that is drawn leaves its pixels behind
      frame.close();
      const copy = new OffscreenCanvas(setup.width, setup.height);
      copy.getContext("2d", { willReadFrequently: true }).drawImage(image, 0, 0);
      image.close();
      return new VideoFrame(copy, { timestamp: 0 });
    };
    const hand = async picture => {
      const { sequence, slot, width, height } = picture;
      const frame = canvas ? draw(picture) : await convert(picture.image);
      await frame.copyTo(pixels, /^BGR/.test(frame.format) ? {} : { format: "BGRA" }); // another order is not exact where alpha is low
      frame.close();
      write(pixels.subarray(0, width * height * 4), setup.header + slot * pixels.length);
      write(new Uint32Array([sequence]), slot * 4);
      if (setup.mostHeld && sequence % setup.mostHeld === 0) gc();
    };

    let tasks = Promise.resolve();
    onmessage = ({ data }) => {
      tasks = tasks.then(() => "header" in data ? open(data) : hand(data)).catch(error => postMessage(String(error)));
    };
  };

  let worker = null;
  let problem = "";
  const start = setup => {
    worker = new NativeWorker(NativeUrl.createObjectURL(new NativeBlob([`(${work})()`], { type: "text/javascript" })) + "#helios-pixels");
    worker.onmessage = ({ data }) => { problem ||= data; };
    worker.onerror = event => { problem ||= event.message || "its worker does not start"; };
    worker.postMessage(setup, setup.canvas ? [setup.canvas] : []);
  };
  const send = (message, image) => {
    if (problem) throw new Error(problem);
    worker.postMessage({ ...message, image }, [image]);
  };
  let background = { key: "", code: "" };
  /** The colour behind an element as six hexadecimal digits: all backgrounds under it, on the browser's white. */
  const backgroundOf = element => {
    const colours = [];
    for (let at = element; at; at = window.__helios_driver.parentOf(at)) colours.unshift(getComputedStyle(at).backgroundColor);
    const key = colours.join();
    if (background.key === key) return background.code;
    const context = new NativeCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    for (const colour of ["#fff", ...colours]) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    const code = [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)].map(value => value.toString(16).padStart(2, "0")).join("");
    background = { key, code };
    return code;
  };

  const pixels = {
    canPaint: Boolean(captureElementImage),
    failure: () => problem,

    /** Paint: the whole of a frame element that stands in a canvas element; a picture is taken if its paint has changed. */
    openFrame(canvas, frame, isOpaque, header, slots) {
      let isChanged = true;
      canvas.addEventListener("paint", () => { isChanged = true; });
      const { width, height } = canvas;
      start({ canvas: transferControlToOffscreen.call(canvas), width, height, isOpaque, header, slots, mostHeld: MOST_HELD });
      pixels.take = (sequence, slot, width, height, left, top) => {
        const { __helios_facts: facts, __helios_driver: driver } = frame.contentWindow;
        facts.state.drawn++;
        if (facts.state.refusal) return `!${facts.state.refusal}`;
        if (!isChanged && sequence > 1) return "";
        const refusal = driver.frameRefusal();
        if (refusal) return `!${refusal}`;
        isChanged = false;
        if (sequence % MOST_HELD === 0 && driver.hasCanvas()) collect();
        send({ sequence, slot, width, height, left, top }, captureElementImage.call(canvas, frame));
        return "ffffff";
      };
    },

    /**
     * Canvas: the page's own element; answers as the driver's canvasBox.
     * @param selector of the element; empty: the one that is all the page shows, which every frame is asked for
     */
    openCanvas(selector, header, slots) {
      const isSole = selector === "";
      const driver = window.__helios_driver;
      const refusal = isSole ? driver.soleRefusal() : "";
      if (refusal) return `!${refusal}`;
      const canvas = isSole ? driver.findSoleCanvas() : document.querySelector(selector);
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`no canvas element matches "${selector}"`);
      const { width, height } = canvas;
      if (@SCALE@ !== 1 && (width !== @PIXEL_WIDTH@ || height !== @PIXEL_HEIGHT@))
        throw new Error(
          `the canvas has ${width}x${height} pixels instead of @PIXEL_WIDTH@x@PIXEL_HEIGHT@, ` +
            `so its page does not draw it at the scale @SCALE@: multiply its size by devicePixelRatio, ` +
            `plan the job with --capture screenshot, or without --scale`,
        );
      start({ width, height, header, slots });
      pixels.take = (sequence, slot) => {
        const refusal = isSole ? driver.soleRefusal(canvas) : "";
        if (refusal) return `!${refusal}`;
        if (canvas.width !== width || canvas.height !== height)
          throw new Error(`the canvas has changed its size from ${width}x${height} to ${canvas.width}x${canvas.height}`);
        let picture;
        try {
          picture = new Frame(canvas, { timestamp: 0 });
        } catch (error) {
          const reason =
            error.name === "SecurityError"
              ? "shows pixels of another site that does not allow it to be read"
              : `cannot be read (${error.message})`;
          return `!#the page's canvas element ${reason}, so it cannot be captured by canvas`;
        }
        send({ sequence, slot, width, height }, picture);
        window.__helios_facts.state.drawn++;
        return backgroundOf(canvas);
      };
      return `${width}:${height}:0:0`;
    },
  };
  Object.defineProperty(window, "__helios_pixels", { value: pixels });
})();
