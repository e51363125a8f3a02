// SPDX-License-Identifier: Apache-2.0
// Node's util.types.

const tag = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

export const isAnyArrayBuffer = (value: unknown): boolean => value instanceof ArrayBuffer;
export const isArrayBuffer = isAnyArrayBuffer;
export const isArrayBufferView = ArrayBuffer.isView;
export const isAsyncFunction = (value: unknown): boolean => tag(value) === "AsyncFunction";
export const isBigInt64Array = (value: unknown): boolean => tag(value) === "BigInt64Array";
export const isBoxedPrimitive = (value: unknown): boolean =>
  value instanceof String || value instanceof Number || value instanceof Boolean || tag(value) === "Symbol";
export const isDataView = (value: unknown): boolean => value instanceof DataView;
export const isDate = (value: unknown): boolean => value instanceof Date;
export const isGeneratorFunction = (value: unknown): boolean => tag(value).endsWith("GeneratorFunction");
export const isGeneratorObject = (value: unknown): boolean => tag(value) === "Generator";
export const isMap = (value: unknown): boolean => value instanceof Map;
export const isNativeError = (value: unknown): boolean => value instanceof Error;
export const isPromise = (value: unknown): boolean => value instanceof Promise;
/** A proxy cannot be told from its target. */
export const isProxy = (): boolean => false;
export const isRegExp = (value: unknown): boolean => value instanceof RegExp;
export const isSet = (value: unknown): boolean => value instanceof Set;
export const isTypedArray = (value: unknown): boolean => ArrayBuffer.isView(value) && !(value instanceof DataView);
export const isUint8Array = (value: unknown): boolean => value instanceof Uint8Array;
export const isWeakMap = (value: unknown): boolean => value instanceof WeakMap;
export const isWeakSet = (value: unknown): boolean => value instanceof WeakSet;

export default {
  isAnyArrayBuffer,
  isArrayBuffer,
  isArrayBufferView,
  isAsyncFunction,
  isBigInt64Array,
  isBoxedPrimitive,
  isDataView,
  isDate,
  isGeneratorFunction,
  isGeneratorObject,
  isMap,
  isNativeError,
  isPromise,
  isProxy,
  isRegExp,
  isSet,
  isTypedArray,
  isUint8Array,
  isWeakMap,
  isWeakSet,
};
