// Says in the band when the connection is gone and when it is back. Remembers in this tab which run of the
// program it was served by: a page that comes from a later one reports that there was a restart.
// And until there is a connection it keeps what is done on the page in its order.
const PATIENCE_MS = 1500; // a shorter gap is not worth a word
const GOOD_NEWS_MS = 5000;

// NiceGUI lets each event before the handshake wait by itself and look every 10 ms (nicegui.js, delayed_emitter):
// of two keys pressed on a slow line the second may be heard first. Here they wait in one queue instead.
function keepOrder() {
  const waiting = [];
  let socket, isConnected = false;
  Object.defineProperty(window, "socket", {
    get: () => socket,
    set(made) {
      socket = made;
      const emit = made.emit;
      made.emit = function (...message) {
        if (isConnected || message[0] === "handshake") return emit.apply(made, message);
        waiting.push(message);
        return made;
      };
    },
  });
  Object.defineProperty(window, "did_handshake", {
    get: () => socket !== undefined, // then whoever looks sends, which is to wait in line
    set(isDone) {
      isConnected = isDone;
      if (isDone) waiting.splice(0).forEach((message) => socket.emit(...message));
    },
  });
}

if (!window.socket) keepOrder();

export default {
  template: `<span class="connection" role="status">{{ words }}</span>`,
  props: { run: String, lost: String, back: String },
  data: () => ({ words: "" }),
  mounted() {
    const popup = document.getElementById("popup"); // NiceGUI's own: it knows, and is not shown (theme.css)
    this.observer = new MutationObserver(() => this.turn(popup.ariaHidden === "false"));
    this.observer.observe(popup, { attributes: true, attributeFilter: ["aria-hidden"] });
    const before = sessionStorage.getItem("run");
    sessionStorage.setItem("run", this.run);
    if (before && before !== this.run) this.$emit("restarted");
  },
  unmounted() {
    this.observer.disconnect();
    clearTimeout(this.timer);
  },
  methods: {
    turn(isLost) {
      clearTimeout(this.timer);
      if (isLost) {
        this.timer = setTimeout(() => (this.words = this.lost), PATIENCE_MS);
      } else if (this.words === this.lost) {
        this.words = this.back;
        this.timer = setTimeout(() => (this.words = ""), GOOD_NEWS_MS);
      }
    },
  },
};
