// A page opened from disk may start no worker: this one runs search.js in the page itself. It stands before the theme's scripts.
if (location.protocol === "file:") self.Worker = class extends EventTarget {
  constructor(address) {
    super();
    const script = Object.assign(document.createElement("script"), { src: address });
    this.ready = new Promise(done => { script.onload = done; });
    document.head.append(script);
  }
  postMessage(message) {
    this.ready.then(() => factloomSearch(message, data => {
      const event = new MessageEvent("message", { data });
      this.dispatchEvent(event);
      this.onmessage?.(event);
    }));
  }
  terminate() {}
};
