// A text area that owns its text: typing is told after a pause, leaving it and Enter at once, each text once.
// When the page goes away (a session that ended, a reload) the text waits in this tab and is handed back once.
export default {
  template: `<textarea class="text-box" :rows="lines" autocomplete="off" spellcheck="false"
    @input="later" @change="tell(false)" @blur="tell(false)" @keydown="onKey"></textarea>`,
  props: { lines: Number, most: Number, draftKey: String },
  mounted() {
    if (!this.draftKey) return;
    for (const event of ["beforeunload", "pagehide"]) window.addEventListener(event, this.hold);
    const text = window.sessionStorage.getItem(this.draftKey);
    if (!text) return;
    window.sessionStorage.removeItem(this.draftKey);
    this.$el.value = text;
    this.tell(false, true);
  },
  methods: {
    later() {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.tell(false), 150);
    },
    onKey(event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      if (this.lines > 1 && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.tell(true);
    },
    tell(submits, restored = false) {
      clearTimeout(this.pause);
      const text = this.$el.value;
      if (text === (this.told ?? "") && !submits) return;
      this.told = text;
      const fits = text.length <= this.most;
      const lines = text.split("\n").length;
      this.$emit("typed", { text: fits ? text : "", length: text.length, lines, submits, restored });
    },
    hold() {
      try {
        if (this.$el.value.trim()) window.sessionStorage.setItem(this.draftKey, this.$el.value);
      } catch {
        // A text larger than what a tab may keep (about 5 MB) cannot wait.
      }
    },
    empty() {
      clearTimeout(this.pause);
      this.$el.value = this.told = "";
    },
    focus() {
      this.$el.focus();
    },
  },
  unmounted() {
    clearTimeout(this.pause);
    for (const event of ["beforeunload", "pagehide"]) window.removeEventListener(event, this.hold);
  },
};
