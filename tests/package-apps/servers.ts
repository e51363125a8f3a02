// SPDX-License-Identifier: Apache-2.0
// A network and an instance in it. Of the provider that packs its user data weir has no schema: its bindings run as installed.

import { CloudinitProvider } from "@cdktf/provider-cloudinit/lib/provider";
import { App } from "cdktf";
import { AwsStack, compute } from "terraconstructs/lib/aws";

const app = new App();
const stack = new AwsStack(app, "main", {
  gridUUID: "12345678-1234",
  environmentName: "test",
  providerConfig: { region: "eu-west-1" },
  gridBackendConfig: { address: "https://state.example.com" },
});
new CloudinitProvider(stack, "cloudinit");
const vpc = new compute.Vpc(stack, "vpc", { ipAddresses: compute.IpAddresses.cidr("10.0.0.0/16"), maxAzs: 2, natGateways: 1 });
const securityGroup = new compute.SecurityGroup(stack, "group", { vpc, allowAllOutbound: true });
securityGroup.addIngressRule(compute.Peer.ipv4("10.0.0.0/8"), compute.Port.tcp(443), "https");
const userData = compute.UserData.forLinux();
userData.addCommands("yum install -y httpd", "systemctl start httpd");
new compute.Instance(stack, "web", {
  vpc,
  securityGroup,
  userData,
  instanceType: compute.InstanceType.of(compute.InstanceClass.T3, compute.InstanceSize.MICRO),
  machineImage: compute.MachineImage.latestAmazonLinux2023(),
  blockDevices: [{ deviceName: "/dev/sda1", volume: compute.BlockDeviceVolume.ebs(50) }],
});
vpc.addGatewayEndpoint("s3", { service: compute.GatewayVpcEndpointAwsService.S3 });
app.synth();
