#!/usr/bin/env node
exports.a = 1;
if (exports.a {
