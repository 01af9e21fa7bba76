// Hands the pixels of frames to helios, through a file of the page's own file system. Installed in the main frame only,
// before anything else, so that it works with the browser's own Worker. Not part of a page that is captured by screenshot.
(() => {
  "use strict";
  if (window !== window.top) return;
  const [NativeWorker, NativeBlob, NativeUrl, Frame, collect] = [Worker, Blob, URL, globalThis.VideoFrame, globalThis.gc];
  // A picture by paint holds the pixels of the page's canvas elements until it is collected, even when it is closed. To the
  // collectors of page and worker it is a few bytes, so that by themselves they would let them grow to gigabytes.
  const MOST_HELD = 4;

  // A drawing buffer of WebGL is cleared once it is shown, which may be before helios has it.
  const getContext = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return getContext.call(this, kind, /^(experimental-)?webgl/.test(kind) ? { ...options, preserveDrawingBuffer: true } : options);
  };

  // Runs in a worker: draws one picture after the other and writes it to its slot, then the slot's number.
  const work = () => {
    const MAGIC = 0x48454c49;
    const MAGIC_OFFSET = 4092;
    let canvas, context, file, setup;

    const open = async data => {
      setup = data;
      canvas = setup.canvas ?? new OffscreenCanvas(setup.width, setup.height);
      context = canvas.getContext("2d", { alpha: !setup.isOpaque, willReadFrequently: true });
      const root = await navigator.storage.getDirectory();
      file = await (await root.getFileHandle("helios-frames", { create: true })).createSyncAccessHandle();
      file.truncate(setup.header + setup.slots * setup.width * setup.height * 4);
      write(new Uint32Array([MAGIC]), MAGIC_OFFSET);
    };
    const write = (values, offset) => {
      if (file.write(values, { at: offset }) !== values.byteLength) throw new Error("no room for the page's file");
    };
    const draw = ({ sequence, slot, image, width, height, left, top, ground }) => {
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      if (setup.isOpaque) {
        context.fillStyle = ground;
        context.fillRect(0, 0, width, height);
      } else context.clearRect(0, 0, width, height);
      if (setup.canvas) context.drawElementImage(image, -left, -top, setup.width, setup.height);
      else context.drawImage(image, 0, 0);
      image.close();
      hand(context.getImageData(0, 0, width, height).data, sequence, slot);
      if (setup.mostHeld && sequence % setup.mostHeld === 0) gc();
    };
    const hand = (values, sequence, slot) => {
      write(values, setup.header + slot * setup.width * setup.height * 4);
      write(new Uint32Array([sequence]), slot * 4);
    };
    const isOpaque = values => {
      let all = 0xff000000;
      for (const value of new Uint32Array(values.buffer)) all &= value;
      return all >>> 24 === 0xff;
    };
    let pixels = null; // the same memory for every picture
    /** Hands over a canvas element's pixels as they are. Where they have to be blended they are drawn, which takes longer. */
    const copy = async picture => {
      const { sequence, slot, image } = picture;
      pixels ??= new Uint8Array(setup.width * setup.height * 4);
      await image.copyTo(pixels, { format: "RGBA" });
      if (isOpaque(pixels)) hand(pixels, sequence, slot);
      else draw({ ...picture, image: await createImageBitmap(image) }); // a VideoFrame that is drawn leaves its pixels behind
      image.close();
    };

    let tasks = Promise.resolve();
    onmessage = ({ data }) => {
      tasks = tasks.then(() => "header" in data ? open(data) : setup.canvas ? draw(data) : copy(data)).catch(error => postMessage(String(error)));
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
    return "taken";
  };
  /** The colour behind an element: the first ground that is not wholly transparent, else white as the browser has it. */
  const groundOf = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return colour;
    }
    return "#fff";
  };

  const pixels = {
    failure: () => problem,

    /** Paint: the whole of a frame element that stands in a canvas element; a picture is taken if its paint has changed. */
    openFrame(canvas, frame, isOpaque, header, slots) {
      let isChanged = true;
      canvas.onpaint = () => { isChanged = true; };
      start({ canvas: canvas.transferControlToOffscreen(), width: frame.width | 0, height: frame.height | 0, isOpaque, header, slots, mostHeld: MOST_HELD });
      pixels.take = (sequence, slot, width, height, left, top) => {
        const { __helios_facts: facts, __helios_driver: driver } = frame.contentWindow;
        if (facts.state.refusal) return `!${facts.state.refusal}`;
        if (!isChanged && sequence > 1) return "";
        const refusal = driver.frameRefusal();
        if (refusal) return `!${refusal}`;
        isChanged = false;
        if (sequence % MOST_HELD === 0 && driver.hasCanvas()) collect();
        return send({ sequence, slot, width, height, left, top, ground: "#fff" }, canvas.captureElementImage(frame));
      };
    },

    /** Canvas: the page's own element, drawn over the colour behind it; answers as the driver's canvasBox. */
    openCanvas(selector, isOpaque, header, slots) {
      const canvas = document.querySelector(selector);
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error(`no canvas element matches "${selector}"`);
      const { width, height } = canvas;
      start({ width, height, isOpaque, header, slots });
      pixels.take = (sequence, slot) => {
        if (canvas.width !== width || canvas.height !== height) throw new Error(`the canvas has changed its size from ${width}x${height} to ${canvas.width}x${canvas.height}`);
        return send({ sequence, slot, width, height, ground: groundOf(canvas) }, new Frame(canvas, { timestamp: 0 }));
      };
      return `${width}:${height}:0:0`;
    },
  };
  Object.defineProperty(window, "__helios_pixels", { value: pixels });
})();
