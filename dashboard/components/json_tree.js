// JSON as a tree by the ARIA pattern: one stop of the Tab key, arrows walk and fold. It draws text and nothing else.
const [DEPTH, NAME, KIND] = [0, 1, 3];
const ROOM = 60;

export default {
  template: `
    <div class="json-tree">
      <ul role="tree" :aria-label="label" ref="list" @keydown="onKey">
        <li v-for="at in shown" :key="at" role="treeitem" :data-at="at" :aria-level="rows[at][0] + 1" :style="{ '--depth': rows[at][0] }"
            :aria-expanded="holds(at) ? (folded.has(at) ? 'false' : 'true') : null" :aria-selected="at === current ? 'true' : 'false'"
            :tabindex="at === current ? 0 : -1" @focus="current = at" @click="clicked(at)">
          <span class="fold" aria-hidden="true">{{ holds(at) ? (folded.has(at) ? '▸' : '▾') : '' }}</span>
          <span v-if="rows[at][1] !== ''" class="name">{{ rows[at][1] }}</span>
          <span class="value" :class="rows[at][3]">{{ rows[at][2] }}</span>
        </li>
      </ul>
      <p class="json-path">
        <span class="mono clip">{{ path }}</span>
        <button type="button" :aria-label="'Copy the path ' + path + ' of ' + label" @click="copy">{{ copied ? 'Copied' : 'Copy path' }}</button>
      </p>
    </div>`,
  props: { rows: Array, label: String, isList: Boolean },
  data() {
    return { current: 0, folded: new Set(this.closedAtFirst()), copied: false };
  },
  watch: {
    rows() {
      this.current = 0;
      this.folded = new Set(this.closedAtFirst());
    },
  },
  computed: {
    shown() {
      const shown = [];
      let hidden = Infinity;
      this.rows.forEach((row, at) => {
        if (row[DEPTH] > hidden) return;
        hidden = this.folded.has(at) ? row[DEPTH] : Infinity;
        shown.push(at);
      });
      return shown;
    },
    path() {
      const steps = [];
      for (let at = this.current; at >= 0 && this.rows[at]; at = this.parent(at)) steps.unshift(this.step(at));
      return "$" + steps.join("");
    },
  },
  methods: {
    closedAtFirst() {
      if (this.rows.length <= ROOM) return [];
      return this.rows.map((_, at) => at).filter((at) => this.holds(at) && this.rows[at][DEPTH] > 0);
    },
    holds(at) {
      return at + 1 < this.rows.length && this.rows[at + 1][DEPTH] > this.rows[at][DEPTH];
    },
    parent(at) {
      let above = at - 1;
      while (above >= 0 && this.rows[above][DEPTH] >= this.rows[at][DEPTH]) above -= 1;
      return above;
    },
    step(at) {
      const name = this.rows[at][NAME];
      const above = this.parent(at);
      if (name === "") return "";
      if (above < 0 ? this.isList : this.rows[above][KIND] === "array") return "[" + name + "]";
      return /^[A-Za-z_]\w*$/.test(name) ? "." + name : "[" + JSON.stringify(name) + "]";
    },
    clicked(at) {
      this.current = at;
      if (this.holds(at) && !String(window.getSelection())) this.fold(at, !this.folded.has(at));
    },
    fold(at, closed) {
      const folded = new Set(this.folded);
      if (closed) folded.add(at);
      else folded.delete(at);
      this.folded = folded;
    },
    go(at) {
      if (at === undefined || at < 0) return;
      this.current = at;
      this.$nextTick(() => this.$refs.list.querySelector(`[data-at="${Number(at)}"]`)?.focus());
    },
    onKey(event) {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const at = this.current;
      const place = this.shown.indexOf(at);
      const isOpen = this.holds(at) && !this.folded.has(at);
      const acts = {
        ArrowDown: () => this.go(this.shown[place + 1]),
        ArrowUp: () => this.go(this.shown[place - 1]),
        Home: () => this.go(this.shown[0]),
        End: () => this.go(this.shown[this.shown.length - 1]),
        ArrowRight: () => (isOpen ? this.go(at + 1) : this.holds(at) && this.fold(at, false)),
        ArrowLeft: () => (isOpen ? this.fold(at, true) : this.go(this.parent(at))),
        Enter: () => this.holds(at) && this.fold(at, isOpen),
        " ": () => this.holds(at) && this.fold(at, isOpen),
      };
      if (!acts[event.key]) return;
      event.preventDefault();
      acts[event.key]();
    },
    copy() {
      navigator.clipboard?.writeText(this.path);
      this.copied = true;
      setTimeout(() => (this.copied = false), 1500);
    },
  },
};
