// Keeps what is typed into the fields inside it, by their names, in this tab until it is saved or given up.
// Closing the tab or following a link asks first; after a reload what was typed is handed back.
export default {
  template: `<div @input="keep"><slot></slot></div>`,
  props: { draftKey: String, question: String },
  mounted() {
    this.values = {};
    window.addEventListener("beforeunload", this.hold);
    document.addEventListener("click", this.ask, true);
    const stored = window.sessionStorage.getItem(this.draftKey);
    if (!stored) return;
    this.values = JSON.parse(stored);
    this.$emit("draft", this.values);
  },
  unmounted() {
    window.removeEventListener("beforeunload", this.hold);
    document.removeEventListener("click", this.ask, true);
  },
  methods: {
    keep(event) {
      if (!event.target.name) return;
      this.values[event.target.name] = event.target.value;
      window.sessionStorage.setItem(this.draftKey, JSON.stringify(this.values));
    },
    isDirty() {
      return Object.keys(this.values).length > 0;
    },
    hold(event) {
      if (this.isDirty()) event.preventDefault();
    },
    ask(event) {
      const link = event.target.closest?.("a[href]");
      if (!link || !this.isDirty() || link.target === "_blank") return;
      const to = new URL(link.href, window.location.href);
      if (to.pathname === window.location.pathname || window.confirm(this.question)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    forget() {
      this.values = {};
      window.sessionStorage.removeItem(this.draftKey);
    },
  },
};
