// Follows offscreen.js in its function, in every frame of a page and in every worker: drawing contexts of canvases.
  const DRAWS = /^(draw|multiDraw|clear$|clearBuffer|blitFramebuffer$|readPixels$|copyTex)/;

  const drawnTo = new Set(); // contexts, in this frame
  /**
   * Waits until the graphics process has drawn what the page asked it for. Frames that are not displayed would run ahead of it, and the
   * first one that is displayed would have to wait for all of them within its own time limit. Only the answer to readPixels tells.
   */
  const awaitDrawing = () => {
    for (const gl of drawnTo) {
      if (gl.isContextLost()) continue;
      const target = gl.READ_FRAMEBUFFER ?? gl.FRAMEBUFFER;
      const bound = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING ?? gl.FRAMEBUFFER_BINDING);
      const buffer = gl.PIXEL_PACK_BUFFER && gl.getParameter(gl.PIXEL_PACK_BUFFER_BINDING);
      const skips = gl.PACK_SKIP_ROWS ? [gl.PACK_SKIP_ROWS, gl.PACK_SKIP_PIXELS].map(name => [name, gl.getParameter(name)]) : [];
      gl.bindFramebuffer(target, null);
      if (buffer) gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      for (const [name] of skips) gl.pixelStorei(name, 0);
      Object.getPrototypeOf(gl).readPixels.call(gl, 0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
      for (const [name, value] of skips) gl.pixelStorei(name, value);
      if (buffer) gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.bindFramebuffer(target, bound);
    }
    drawnTo.clear();
  };

  /**
   * A buffer that is not preserved is empty after it was presented, and pages count on that. A frame that is not displayed, or captured
   * without the browser's compositor, is not presented: its buffer is emptied before the next frame draws to it.
   */
  const followDrawing = (gl, isKept, isPresented, frame) => {
    let drawn = frame(); // of the last call
    const { alpha, depth, stencil } = gl.getContextAttributes();
    const all = gl.COLOR_BUFFER_BIT | (depth ? gl.DEPTH_BUFFER_BIT : 0) | (stencil ? gl.STENCIL_BUFFER_BIT : 0);
    const target = gl.DRAW_FRAMEBUFFER ?? gl.FRAMEBUFFER;
    const { clear } = gl;
    const empty = () => {
      const read = name => gl.getParameter(gl[name]);
      const [bound, color, mask] = [read("FRAMEBUFFER_BINDING"), read("COLOR_CLEAR_VALUE"), read("COLOR_WRITEMASK")];
      const [depthValue, depthMask, stencilValue] = [read("DEPTH_CLEAR_VALUE"), read("DEPTH_WRITEMASK"), read("STENCIL_CLEAR_VALUE")];
      const [front, back, isCut] = [read("STENCIL_WRITEMASK"), read("STENCIL_BACK_WRITEMASK"), gl.isEnabled(gl.SCISSOR_TEST)];
      const isOff = gl.RASTERIZER_DISCARD !== undefined && gl.isEnabled(gl.RASTERIZER_DISCARD);
      if (isCut) gl.disable(gl.SCISSOR_TEST);
      if (isOff) gl.disable(gl.RASTERIZER_DISCARD);
      gl.bindFramebuffer(target, null);
      gl.colorMask(true, true, true, true);
      gl.clearColor(0, 0, 0, alpha ? 0 : 1);
      gl.depthMask(true);
      gl.clearDepth(1);
      gl.stencilMask(-1);
      gl.clearStencil(0);
      clear.call(gl, all);
      gl.bindFramebuffer(target, bound);
      gl.colorMask(...mask);
      gl.clearColor(...color);
      gl.depthMask(depthMask);
      gl.clearDepth(depthValue);
      gl.stencilMaskSeparate(gl.FRONT, front);
      gl.stencilMaskSeparate(gl.BACK, back);
      gl.clearStencil(stencilValue);
      if (isCut) gl.enable(gl.SCISSOR_TEST);
      if (isOff) gl.enable(gl.RASTERIZER_DISCARD);
    };
    // most pages begin a frame so, and need nothing
    const clearsAll = bits => (bits & all) === all && !gl.isEnabled(gl.SCISSOR_TEST) && gl.getParameter(gl.FRAMEBUFFER_BINDING) === null;
    const wrap = owner => {
      for (let prototype = owner; prototype && prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype)) {
        for (const name of Object.getOwnPropertyNames(prototype)) {
          if (!DRAWS.test(name) || Object.hasOwn(owner, name)) continue;
          const real = owner[name];
          if (typeof real !== "function") continue;
          define(owner, name, function (...values) {
            drawnTo.add(gl);
            if (drawn !== frame()) {
              drawn = frame();
              if (!isKept && isPresented() && !gl.isContextLost() && !(name === "clear" && clearsAll(values[0]))) empty();
            }
            return real.apply(this, values);
          });
        }
      }
      return owner;
    };
    wrap(gl);
    return wrap;
  };

  /**
   * Calls onUse when a drawing context of WebGL or WebGPU is asked for, whose pixels depend on the processor, and onLost when the browser
   * takes one away, which from then on shows nothing. A page may give its own back (three.js does), by an extension.
   * @param isPresented whether frames show a canvas
   * @param frame       number of the frame that is due
   */
  const followContexts = (onUse, onLost, isPresented, frame) => {
    const givenBack = new WeakSet(); // canvas elements
    const watched = new WeakMap(); // what wraps the extensions of their contexts
    for (const canvas of [globalThis.HTMLCanvasElement, globalThis.OffscreenCanvas]) {
      const real = canvas?.prototype.getContext;
      if (real) define(canvas.prototype, "getContext", function getContext(kind, options, ...values) {
        // the picture of a desynchronized canvas comes a frame late by chance; it is a hint, and not every system follows it
        const context = real.call(this, kind, options?.desynchronized ? { ...options, desynchronized: false } : options, ...values);
        if (!/webgl|webgpu/.test(kind)) return context;
        onUse();
        if (watched.has(this)) return context;
        this.addEventListener("webglcontextlost", () => { if (!givenBack.has(this)) onLost(); });
        // what the page asks for: pixels.js makes the context preserve its buffer for helios
        const isFollowed = context?.getContextAttributes?.();
        watched.set(this, isFollowed ? followDrawing(context, !!options?.preserveDrawingBuffer, () => isPresented(this), frame) : null);
        return context;
      });
    }
    for (const name of ["WebGLRenderingContext", "WebGL2RenderingContext"]) {
      const real = globalThis[name]?.prototype.getExtension;
      if (real) define(globalThis[name].prototype, "getExtension", function getExtension(...values) {
        const extension = real.apply(this, values);
        if (!extension) return extension;
        watched.get(this.canvas)?.(extension);
        const lose = extension.loseContext;
        if (typeof lose === "function" && !Object.hasOwn(extension, "loseContext")) define(extension, "loseContext", () => {
          givenBack.add(this.canvas);
          lose.call(extension);
        });
        return extension;
      });
    }
  };
