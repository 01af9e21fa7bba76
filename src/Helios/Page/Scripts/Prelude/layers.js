// Follows workers.js in its function, in every frame of a page: draws it as one layer.
  // Elements that are animated, or say that they will be, would be drawn as layers of their own, and layers keep what earlier frames left
  // at their rims. Under such a root they are part of the one picture. Real 3D, videos and canvas elements are layers still.
  const flat = new CSSStyleSheet();
  flat.replaceSync(":root { will-change: contents !important; }");
  const adopted = Object.getOwnPropertyDescriptor(Document.prototype, "adoptedStyleSheets");
  const own = []; // the page's
  const adopt = () => { adopted.set.call(document, [...own.filter(() => true), flat]); }; // without the holes that splice leaves on its way
  adopt();
  const change = (way, ...values) => {
    const before = [...own];
    const isDone = way(...values);
    try { adopt(); } catch (error) { own.splice(0, Infinity, ...before); throw error; } // no style sheet, or one of another document
    return isDone;
  };
  const list = new Proxy(own, {
    set: (...values) => change(Reflect.set, ...values.slice(0, 3)),
    defineProperty: (...values) => change(Reflect.defineProperty, ...values),
    deleteProperty: (...values) => change(Reflect.deleteProperty, ...values),
  });
  Object.defineProperty(Document.prototype, "adoptedStyleSheets", {
    ...adopted,
    get() { return this === document ? list : adopted.get.call(this); },
    set(sheets) {
      if (this === document) change(() => { own.splice(0, Infinity, ...sheets); });
      else adopted.set.call(this, sheets);
    },
  });
