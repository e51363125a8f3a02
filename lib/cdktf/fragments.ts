// SPDX-License-Identifier: Apache-2.0
// A text that holds tokens, cut into its pieces. It stands apart because programs with a resolver of their own get it.

import type { IFragmentConcatenator, IResolvable, IResolveContext } from "./resolvable.ts";
import { isResolvable } from "./resolve.ts";

/** A piece: text, a token, a value that a token came to, or the `${` or `}` of an expression written by hand. */
interface Fragment {
  readonly kind: "literal" | "token" | "intrinsic" | "open" | "close";
  readonly value: any;
}

/** The pieces of a text, in order. */
export class TokenizedStringFragments {
  private readonly fragments: Fragment[] = [];

  get firstToken(): IResolvable | undefined {
    return this.tokens[0];
  }

  /** The value of the first piece, whatever it is. */
  get firstValue(): any {
    return this.fragments[0]?.value;
  }

  get length(): number {
    return this.fragments.length;
  }

  addLiteral(literal: any): void {
    this.fragments.push({ kind: "literal", value: literal });
  }

  addToken(token: IResolvable): void {
    this.fragments.push({ kind: "token", value: token });
  }

  addIntrinsic(value: any): void {
    this.fragments.push({ kind: "intrinsic", value });
  }

  addEscape(kind: "open" | "close"): void {
    this.fragments.push({ kind, value: kind === "open" ? "${" : "}" });
  }

  concat(other: TokenizedStringFragments): void {
    this.fragments.push(...other.fragments);
  }

  get tokens(): IResolvable[] {
    return this.valuesOf("token");
  }

  get literals(): any[] {
    return this.valuesOf("literal");
  }

  /** What tokens came to. */
  get intrinsic(): any[] {
    return this.valuesOf("intrinsic");
  }

  get escapes(): any[] {
    return this.fragments.filter(({ kind }) => kind === "open" || kind === "close").map(({ value }) => value);
  }

  private valuesOf(wanted: string): any[] {
    const values: any[] = [];
    for (let i = 0; i < this.fragments.length; i++) if (this.fragments[i].kind === wanted) values.push(this.fragments[i].value);
    return values;
  }

  /** The pieces with each token resolved; one inside a hand-written expression is resolved without braces. */
  mapTokens(context: IResolveContext): TokenizedStringFragments {
    const mapped = new TokenizedStringFragments();
    const before = context.suppressBraces;
    const { fragments } = this;
    for (let i = 0; i < fragments.length; i++) {
      const fragment = fragments[i];
      if (fragment.kind === "token") {
        const value = context.resolve(fragment.value);
        if (isResolvable(value)) mapped.addToken(value);
        else mapped.addIntrinsic(value);
        continue;
      }
      mapped.fragments.push(fragment);
      if (fragment.kind === "open") context.suppressBraces = true;
      if (fragment.kind === "close") context.suppressBraces = before;
    }
    context.suppressBraces = before;
    return mapped;
  }

  /** Each piece turned into something, literals and tokens apart. */
  mapPieces<T>(ofLiteral: (literal: any) => T, ofToken: (token: IResolvable) => T): T[] {
    return this.fragments.map(({ kind, value }) => (kind === "token" ? ofToken(value) : ofLiteral(value)));
  }

  /** The whole: the value itself where there is one piece only, empty text where there is none. */
  join(concat: IFragmentConcatenator): any {
    const { fragments } = this;
    if (fragments.length === 0) return "";
    let whole = fragments[0].value;
    for (let i = 1; i < fragments.length; i++) whole = concat.join(whole, fragments[i].value);
    return whole;
  }
}
