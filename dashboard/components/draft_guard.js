// Keeps what is typed into the fields inside it, by their names, in this tab until it is saved or given up.
// Closing the tab or following a link asks first; after a reload what was typed is handed back, together with
// what stood in the fields when the typing began, so that a change from elsewhere meanwhile can be noticed.
export default {
  template: `<div @input="keep"><slot></slot></div>`,
  props: { draftKey: String, question: String, base: Object },
  mounted() {
    this.values = {};
    this.began = this.base;
    window.addEventListener("beforeunload", this.hold);
    document.addEventListener("click", this.ask, true);
    const stored = window.sessionStorage.getItem(this.draftKey);
    if (!stored) return;
    const draft = JSON.parse(stored);
    this.values = draft.values;
    this.began = draft.began;
    this.$emit("draft", draft);
  },
  unmounted() {
    window.removeEventListener("beforeunload", this.hold);
    document.removeEventListener("click", this.ask, true);
  },
  methods: {
    keep(event) {
      if (!event.target.name) return;
      this.values[event.target.name] = event.target.value;
      window.sessionStorage.setItem(this.draftKey, JSON.stringify({ values: this.values, began: this.began }));
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
      this.began = this.base;
      window.sessionStorage.removeItem(this.draftKey);
    },
  },
};
