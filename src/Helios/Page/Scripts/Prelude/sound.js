// Follows watch.js in its function, in every frame of a page: Web Audio by the page's clock.
  // An audio device has a clock of its own: contexts go by the page's, in the blocks of 128 samples that audio comes in.
  const opened = new WeakMap();
  const ports = new WeakSet(); // of nodes of worklets
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

  /**
   * Calls act with the name, the object and the arguments after each call of the named methods, but for those of an OfflineAudioContext.
   */
  const onSound = (act, prototype, ...names) => {
    for (const name of names) {
      const real = prototype?.[name];
      if (typeof real !== "function") continue;
      define(prototype, name, function (...values) {
        const result = real.apply(this, values);
        if (!(globalThis.OfflineAudioContext && (this.context ?? this) instanceof OfflineAudioContext)) act(name, this, values);
        return result;
      });
    }
  };
  // What comes out of a sound card is another in every run, and is not recorded.
  const noteSilence = () => {
    noteRemark(
      "the page plays sound by Web Audio, which the video does not have: play it by an audio element, or give the file with --audio",
    );
  };
  // The audio device's thread says when a source has been played; a page is told so by its own clock.
  const sources = new WeakMap(); // when they end on the clock of their context, s, and the timer for it
  const onRealEnd = event => { if (event.isTrusted) event.stopImmediatePropagation(); };
  /** Called before a page listens: listeners of what is no node are called in the order in which they came. */
  const shieldEnd = source => {
    if (!(source.context instanceof OfflineAudioContext)) listen.call(source, "ended", onRealEnd);
  };
  const endAt = (source, time) => {
    const { timer, end = Infinity } = sources.get(source) ?? {};
    if (time >= end) return;
    clearDueTimer(timer);
    const id = setDueTimer(() => { source.dispatchEvent(new Event("ended")); }, Math.ceil((time - source.context.currentTime) * 1000));
    sources.set(source, { end: time, timer: id });
  };
  /** How long a source plays by itself, s, at the speed that it has when it starts. */
  const lengthOf = ({ buffer, loop, playbackRate, detune }, offset = 0, duration = Infinity) => {
    const whole = buffer ? loop ? Infinity : Math.max(0, buffer.duration - offset) : Infinity;
    return Math.min(whole, duration) / (playbackRate ? Math.abs(playbackRate.value) * 2 ** (detune.value / 1200) : 1);
  };
  for (const prototype of [globalThis.AudioScheduledSourceNode?.prototype, globalThis.AudioBufferSourceNode?.prototype]) {
    onSound((name, source, [time = 0, ...values]) => {
      noteSilence();
      endAt(source, Math.max(Number(time), source.context.currentTime) + lengthOf(source, ...values));
    }, prototype, "start");
  }
  onSound(
    (name, source, [time = 0]) => {
      endAt(source, Math.max(Number(time), source.context.currentTime));
    },
    globalThis.AudioScheduledSourceNode?.prototype,
    "stop",
  );
  const refuseSound = name => refuse(`the page uses ${name}, which goes by the clock of the sound card`);
  onSound(
    refuseSound,
    globalThis.AnalyserNode?.prototype,
    "getByteFrequencyData",
    "getByteTimeDomainData",
    "getFloatFrequencyData",
    "getFloatTimeDomainData",
  );
  const heardPort = Object.getOwnPropertyDescriptor(globalThis.AudioWorkletNode?.prototype ?? {}, "port");
  if (heardPort) Object.defineProperty(AudioWorkletNode.prototype, "port", { ...heardPort, get() {
    const port = heardPort.get.call(this);
    if (this.context instanceof OfflineAudioContext || ports.has(port)) return port;
    ports.add(port);
    const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
    const hears = () => refuseSound("messages of an AudioWorkletNode");
    Object.defineProperty(port, "onmessage", { ...handler, set(value) { if (value) hears(); handler.set.call(this, value); } });
    define(port, "addEventListener", function (type, ...values) {
      if (type === "message") hears();
      return MessagePort.prototype.addEventListener.call(this, type, ...values);
    });
    return port;
  } });
  onSound(refuseSound, globalThis.BaseAudioContext?.prototype, "createScriptProcessor");
