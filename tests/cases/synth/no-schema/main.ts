import { inspect } from "node:util";
import { App, Aspects, Fn, HttpBackend, type IAspect, TerraformIterator, TerraformOutput, TerraformStack, TerraformResource, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { DataGoogleComputeImage } from "@cdktf/provider-google/lib/data-google-compute-image";
import { configMap, provider } from "@cdktf/provider-kubernetes";
import * as beta from "@cdktf/provider-google-beta";
import * as service from "@cdktn/provider-google-beta/lib/google-cloud-run-service";
import { LanternProvider } from "./.gen/providers/lantern/provider";
import { StringResource } from "./.gen/providers/lantern/string-resource";
import { TowerProvider } from "weir/tower/provider";
import { UnknownProvider } from "@cdktf/provider-unknown/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { makeDisk } from "./library.cjs";
import { AwsProvider } from "./.gen/providers/aws/provider";

class Labels implements IAspect {
  visit(node: IConstruct): void {
    if (node instanceof ComputeInstance) node.labels = { ...node.labelsInput, costCenter: "1" };
    if (TerraformResource.isTerraformResource(node)) console.log("visit", `${node}`, "tags" in node, (node as any).then, (node as any)._tags);
  }
}

class Vm extends ComputeInstance {
  private cache?: string;
  constructor(scope: Construct, id: string) {
    super(scope, id, { machineType: "e2-small" });
    (this as any).later = 1;
  }
  get address(): string {
    return (this.cache ??= `${this.networkInterface.get(0).accessConfig.get(0).natIp}`);
  }
}

const app = new App();
const stack = new TerraformStack(app, "machines");
new HttpBackend(stack, { address: "https://states.example.com/machines" });
new GoogleProvider(stack, "google", { project: "p", defaultLabels: { team: "a" } });
const other = new GoogleProvider(stack, "other", { alias: "other" });
const image = new DataGoogleComputeImage(stack, "image", { family: "debian-12" });
const vm = new ComputeInstance(stack, "vm", {
  machineType: "e2-small",
  selfAttribute: true,
  bootDisk: { initializeParams: { image: image.selfLink, diskSizeGb: 10, nothing: undefined } },
  networkInterface: [{ accessConfig: [{}] }],
  labels: { ownerTeam: "a" },
  enableDnsARecord: true,
  metadata: { "enable-oslogin": "TRUE", startupScript: `echo ${image.name}` },
  provider: other,
  dependsOn: [image],
  lifecycle: { createBeforeDestroy: true },
});
makeDisk(stack, vm);
const derived = new Vm(stack, "derived");
vm.machineType = "e2-large";
vm.putBootDisk({ autoDelete: true, ...vm.bootDiskInput });
vm.minCpuPlatform = "x";
vm.resetMinCpuPlatform();
vm.addOverride("scheduling.preemptible", true);
new SqsQueue(stack, "queue", { name: vm.name, policy: vm.bootDisk.source, delaySeconds: vm.guestAccelerator.get(0).count });
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const each = TerraformIterator.fromList(["a", "b"]);
new ComputeInstance(stack, "many", { forEach: each, name: each.value, disk: each.dynamic({ source: each.value }) });
new provider.KubernetesProvider(stack, "kubernetes", { host: vm.networkInterface.get(0).networkIp });
const map = new configMap.ConfigMap(stack, "map", {
  metadata: { name: "m", generateName: "n", labels: { appName: "a" } },
  data: { apiHost: `${derived.address}:80` },
});
new beta.provider.GoogleBetaProvider(stack, "beta");
new service.GoogleCloudRunService(stack, "run", { autogenerateRevisionName: true });
new LanternProvider(stack, "lantern");
new StringResource(stack, "text", { length: 3 });
new TowerProvider(stack, "tower");
new UnknownProvider(stack, "unknown");
Aspects.of(stack).add(new Labels());
new TerraformOutput(stack, "values", {
  value: {
    object: map.metadata.name,
    list: Fn.join(",", vm.resourcePolicies),
    map: vm.labels.lookup("ownerTeam"),
    deep: vm.bootDisk.initializeParams.diskSizeGb,
    key: vm.terraformLabels.get("a b"),
    text: `${vm.selfLink}-${vm.id}`,
    json: JSON.stringify({ id: vm.id }),
    number: Token.asNumber(vm.cpuCount),
    set: vm.fqn,
  },
});
const second = new TerraformStack(app, "second");
new HttpBackend(second, { address: "https://states.example.com/second" });
new TerraformOutput(second, "link", { value: vm.bootDisk.deviceName });
console.log(inspect(vm, { depth: 0 }), `${vm}`, vm instanceof ComputeInstance, derived instanceof TerraformResource, ComputeInstance.tfResourceType, (vm as any).provider === other);
console.log((vm.selfLink as any).then, [other.alias, other.project, other.zone]);
await vm;
app.synth();
