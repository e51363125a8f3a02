// SPDX-License-Identifier: Apache-2.0
// What has an address in Terraform, and what gives expressions for its attributes.

import type { IResolvable } from "./resolvable.ts";

export interface ITerraformAddressable {
  /** The address, such as `aws_sqs_queue.orders`, as a token. */
  readonly fqn: string;
}

/** What `depends_on` takes. */
export interface ITerraformDependable extends ITerraformAddressable {}

export interface IInterpolatingParent {
  /** An expression for an attribute, by its name in Terraform. */
  interpolationForAttribute(terraformAttribute: string): IResolvable;
}
