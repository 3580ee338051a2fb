// A combobox with a list under it: typing asks, arrows move, Enter or a click opens. It knows no API.
// What is shown may be older than what stands in the box: Enter then waits for what belongs to it.
export default {
  template: `
    <div class="palette">
      <input ref="box" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
             :aria-activedescendant="items.length ? 'palette-' + at : null" aria-label="Find people and pages"
             placeholder="Find people and pages" autocomplete="off" spellcheck="false" @input="typed" @keydown="onKey">
      <ul id="palette-list" role="listbox" aria-label="Found">
        <li v-for="(item, index) in items" :key="item.href" role="option" :id="'palette-' + index" :aria-selected="index === at ? 'true' : 'false'"
            @mousemove="at = index" @click="open(index)">
          <span class="kind">{{ item.kind }}</span>
          <span class="clip">{{ item.label }}</span>
          <span v-if="item.note" class="mono muted clip">{{ item.note }}</span>
        </li>
      </ul>
      <p class="muted small said" role="status">{{ said }}</p>
    </div>`,
  props: { items: Array, said: String, about: String, sure: Boolean },
  data() {
    return { at: 0, timer: null, opensFirst: false };
  },
  watch: {
    items() {
      this.at = 0;
      if (!this.opensFirst || !this.isCurrent()) return;
      this.opensFirst = false;
      if (this.sure) this.open(0);
    },
  },
  mounted() {
    this.$nextTick(() => this.$refs.box.focus());
  },
  beforeUnmount() {
    clearTimeout(this.timer);
  },
  methods: {
    isCurrent() {
      return this.$refs.box.value === this.about;
    },
    ask() {
      clearTimeout(this.timer);
      this.$emit("query", this.$refs.box.value);
    },
    typed() {
      this.opensFirst = false;
      clearTimeout(this.timer);
      this.timer = setTimeout(this.ask, 150);
    },
    onKey(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.items.length) {
        event.preventDefault();
        this.at = (this.at + step + this.items.length) % this.items.length;
        this.$nextTick(() => document.getElementById("palette-" + this.at)?.scrollIntoView({ block: "nearest" }));
      } else if (event.key === "Enter") {
        event.preventDefault();
        this.opensFirst = !this.isCurrent();
        if (this.opensFirst) this.ask();
        else this.open(this.at);
      }
    },
    open(index) {
      if (this.items[index]) this.$emit("open", this.items[index].href);
    },
  },
};
