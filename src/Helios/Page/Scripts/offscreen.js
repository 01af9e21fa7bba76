// Follows answers.js in its function, in every frame of a page and in every worker. What is drawn on a canvas that was given away
// (transferControlToOffscreen) is shown when the compositor has it, in one frame or the next by chance. So the element stays a canvas of
// the page, and gets the picture of the other one before each frame is drawn.
  const CODE = 1e6; // a canvas on its way to a worker has this and its number as its width: canvases are known by nothing else there

  const listOf = transfer => [...(typeof transfer?.[Symbol.iterator] === "function" ? transfer : transfer?.transfer ?? [])];

  /** For a page. Gives what has to be called after each callback of a frame, and what a worker is told before it gets a message. */
  const keepCanvases = refuse => {
    const prototype = globalThis.HTMLCanvasElement?.prototype;
    const own = new Map(); // canvases that were made for elements and are still here, and the elements
    const away = []; // elements whose canvas a worker has, by its number
    const used = new WeakSet(); // elements that have a context of the page
    const shown = new WeakMap(); // contexts of elements whose canvas was given away
    const show = (element, picture) => {
      const { width, height } = picture;
      if (element.width !== width) element.width = width;
      if (element.height !== height) element.height = height;
      if (width === 0 || height === 0) return;
      const context = shown.get(element);
      context.globalCompositeOperation = "copy";
      context.drawImage(picture, 0, 0);
    };
    const showAll = () => { for (const [canvas, element] of own) if (element.isConnected) show(element, canvas); };
    if (prototype?.transferControlToOffscreen) {
      const { getContext } = prototype;
      const frameOf = globalThis.requestAnimationFrame;
      define(prototype, "getContext", function (...values) {
        if (shown.has(this))
          throw new DOMException("Cannot get context from a canvas that has transferred its control to offscreen.", "InvalidStateError");
        const context = getContext.apply(this, values);
        if (context) used.add(this);
        return context;
      });
      define(prototype, "transferControlToOffscreen", function transferControlToOffscreen() {
        if (shown.has(this) || used.has(this))
          throw new DOMException("Cannot transfer control from a canvas that has a rendering context.", "InvalidStateError");
        shown.set(this, getContext.call(this, "2d"));
        const canvas = new OffscreenCanvas(this.width, this.height);
        // what is drawn outside of callbacks of frames
        if (own.size === 0 && away.length === 0) frameOf(function follow() { showAll(); frameOf(follow); });
        own.set(canvas, this);
        return canvas;
      });
      const post = MessagePort.prototype.postMessage;
      define(MessagePort.prototype, "postMessage", function (message, transfer, ...values) {
        if (listOf(transfer).some(item => own.has(item)))
          refuse("the page gives a canvas (transferControlToOffscreen) to a MessagePort: give it to the worker by its own postMessage");
        return transfer === undefined ? post.call(this, message) : post.call(this, message, transfer, ...values);
      });
    }
    return {
      isGiven: canvas => own.has(canvas),
      after: () => { if (own.size > 0) showAll(); },
      /** Sizes of the canvases among what is transferred, by their numbers; they get their codes. */
      give: transfer => listOf(transfer).filter(item => own.has(item)).map(canvas => {
        const said = { id: away.length, width: canvas.width, height: canvas.height };
        away.push(own.get(canvas));
        own.delete(canvas);
        canvas.width = CODE + said.id;
        return said;
      }),
      show: (id, picture) => {
        show(away[id], picture);
        picture.close();
      },
    };
  };

  /** For a worker. */
  const followCanvases = send => {
    const make = globalThis.createImageBitmap;
    const canvases = new Map(); // by their numbers
    const sizes = new Map(); // of those on their way
    const find = (value, depth) => {
      if (value instanceof OffscreenCanvas) {
        const id = value.width - CODE;
        const size = sizes.get(id);
        if (!size) return;
        sizes.delete(id);
        value.width = size.width;
        canvases.set(id, value);
      } else if (depth > 0 && typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
        const parts = value instanceof Map ? [...value].flat() : value instanceof Set ? value : Object.values(value);
        for (const part of parts) find(part, depth - 1);
      }
    };
    return {
      expect: said => { for (const size of said) sizes.set(size.id, size); },
      receive: data => { if (sizes.size > 0) find(data, 5); },
      isGiven: canvas => [...canvases.values()].includes(canvas),
      sendAll: async () => {
        for (const [id, canvas] of canvases) {
          if (canvas.width === 0 || canvas.height === 0) continue;
          const picture = await make.call(self, canvas).catch(() => null); // its context is lost
          if (picture) send({ __helios: { id, picture } }, [picture]);
        }
      },
    };
  };
