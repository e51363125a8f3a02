import { App, TerraformStack } from "cdktf";
import { ComputeInstances } from "@cdktf/provider-google/lib/compute-instance";

new ComputeInstances(new TerraformStack(new App(), "machines"), "vm");
