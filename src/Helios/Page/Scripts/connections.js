// Runs after answers.js in every frame and every worker. A connection that stays open brings messages at the times of another machine,
// which no frame of a video has, and the one of a development server tells the page to load itself again. So none is ever opened: the page
// sees one that is being opened, which neither keeps it from getting ready nor makes it try again, and helios says so.
  /** The URL of a connection, as its constructor checks it. */
  const resolveConnection = (name, url, schemes) => {
    let parsed;
    try {
      parsed = new URL(url, self.document?.baseURI ?? self.location.href);
    } catch {
      throw new DOMException(`The URL '${url}' is invalid.`, "SyntaxError");
    }
    if (name.startsWith("WebSocket")) parsed.protocol = parsed.protocol.replace(/^http/, "ws");
    if (!schemes.test(parsed.protocol) || (name !== "EventSource" && parsed.hash))
      throw new DOMException(`The URL '${url}' is not one of a ${name}.`, "SyntaxError");
    return parsed.href;
  };

  /** The class of a WebSocket that is being opened. */
  const makeSocket = () => class extends EventTarget {
    #state = 0;
    constructor(url) { super(); this.#url = url; }
    #url;
    get url() { return this.#url; }
    get readyState() { return this.#state; }
    get bufferedAmount() { return 0; }
    get extensions() { return ""; }
    get protocol() { return ""; }
    binaryType = "blob";
    send() {
      if (this.#state === 0)
        throw new DOMException("Failed to execute 'send' on 'WebSocket': Still in CONNECTING state.", "InvalidStateError");
    }
    close() {
      if (this.#state > 1) return;
      this.#state = 2;
      setTimeout(() => {
        this.#state = 3;
        this.dispatchEvent(new Event("error"));
        this.dispatchEvent(new CloseEvent("close", { code: 1006 }));
      }, 0);
    }
  };

  /** The class of an EventSource that is being opened. */
  const makeSource = () => class extends EventTarget {
    #state = 0;
    constructor(url, options) { super(); this.#url = url; this.withCredentials = !!options?.withCredentials; }
    #url;
    get url() { return this.#url; }
    get readyState() { return this.#state; }
    close() { this.#state = 2; }
  };

  const never = () => new Promise(() => {});
  /** The class of a WebTransport that is being opened. */
  const makeTransport = () => class {
    ready = never();
    closed = never();
    draining = never();
    datagrams = { readable: new ReadableStream(), writable: new WritableStream(), maxDatagramSize: 1024 };
    incomingBidirectionalStreams = new ReadableStream();
    incomingUnidirectionalStreams = new ReadableStream();
    close() {}
    createBidirectionalStream() { return never(); }
    createUnidirectionalStream() { return never(); }
  };

  const addStates = (owner, ...names) => {
    for (const target of [owner, owner.prototype])
      names.forEach((name, value) => Object.defineProperty(target, name, { value, enumerable: true }));
  };

  const replaceConnections = note => {
    // before horizon.js counts listeners: these never hear of anything
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    const handlers = new WeakMap(); // of a target: by type
    const addHandlers = (owner, ...types) => {
      define(owner.prototype, "addEventListener", addEventListener);
      for (const type of types) {
        Object.defineProperty(owner.prototype, `on${type}`, {
          configurable: true,
          enumerable: true,
          get() { return handlers.get(this)?.get(type) ?? null; },
          set(value) {
            const own = handlers.get(this) ?? new Map();
            handlers.set(this, own);
            if (own.has(type)) removeEventListener.call(this, type, own.get(type));
            if (typeof value === "function") addEventListener.call(this, type, value);
            own.set(type, typeof value === "function" ? value : null);
          },
        });
      }
    };
    const replace = (name, type, schemes) => {
      if (!globalThis[name]) return;
      Object.defineProperty(type, "name", { value: name });
      Object.defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
      const said = new Set(); // hosts
      const proxy = new Proxy(type, {
        construct(make, values, created) {
          if (values.length === 0) throw new TypeError(`Failed to construct '${name}': 1 argument required, but only 0 present.`);
          const href = resolveConnection(name, values[0], schemes);
          const { host } = new URL(href);
          if (!said.has(host))
            note(
              `the page opens a ${name} (${shorten(href)}), on which nothing comes while a video is rendered: ` +
                `what a page shows has to be there before`,
            );
          said.add(host);
          return Reflect.construct(make, [href, ...values.slice(1)], created);
        },
      });
      define(type.prototype, "constructor", proxy);
      define(globalThis, name, proxy);
    };

    const Socket = makeSocket();
    addHandlers(Socket, "open", "message", "error", "close");
    addStates(Socket, "CONNECTING", "OPEN", "CLOSING", "CLOSED");
    replace("WebSocket", Socket, /^wss?:/);

    const Source = makeSource();
    addHandlers(Source, "open", "message", "error");
    addStates(Source, "CONNECTING", "OPEN", "CLOSED");
    replace("EventSource", Source, /./);

    replace("WebSocketStream", class { constructor(url) { this.url = url; } opened = never(); closed = never(); close() {} }, /^wss?:/);
    replace("WebTransport", makeTransport(), /^https:/);
  };
