using System.Globalization;
using System.Linq;
using LlmMemory.Errors;
using Xunit;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>What nvidia-smi prints, version by version, as it was recorded by people who published it.</summary>
[Collection(FakeToolTests.Name)]
public sealed class NvidiaSmiTests
{
    internal const string Query =
        "--query-gpu=index,name,uuid,driver_version,memory.total,memory.used,memory.free,mig.mode.current --format=csv,noheader,nounits";

    internal const string OldQuery =
        "--query-gpu=index,name,uuid,driver_version,memory.total,memory.used,memory.free --format=csv,noheader,nounits";

    internal const string Processes = "--query-compute-apps=gpu_uuid,pid,process_name,used_memory --format=csv,noheader,nounits";

    // Driver 580.65.06: total is more than used and free, for the driver keeps a part (memory.reserved).
    internal const string H100 = """
        0, NVIDIA H100 80GB HBM3, GPU-1f3c5a52-7f8e-4c3e-9d4b-1c0f6c9a7b11, 580.65.06, 81559, 42013, 39067, Disabled
        1, NVIDIA H100 80GB HBM3, GPU-2b8d0e0c-0f6a-4b51-8a53-5d2f9f1e6a22, 580.65.06, 81559, 4, 81076, Disabled

        """;

    internal const string H100Processes = """
        GPU-1f3c5a52-7f8e-4c3e-9d4b-1c0f6c9a7b11, 4711, /opt/venv/bin/python3, 41870
        GPU-1f3c5a52-7f8e-4c3e-9d4b-1c0f6c9a7b11, 4712, tritonserver --model-repository=/models,/more, 120

        """;

    // nvidia-smi -L of an A100 with two instances, in the form of drivers since 470.
    internal const string MigList = """
        GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-9c73eb7b-8d6d-6c0e-dc13-97873e2ede40)
          MIG 3g.40gb     Device  0: (UUID: MIG-a686709d-6dc2-542a-8851-0d2508448c10)
          MIG 1g.10gb     Device  1: (UUID: MIG-53864714-0a66-5df2-9007-9268e30d9a72)
        GPU 1: NVIDIA A100-SXM4-80GB (UUID: GPU-c92e2d5d-4a69-f1cd-4df0-305f8606705a)

        """;

    // nvidia-smi -q -x of driver 575.57.08, shortened to what is read; that version leaves the instances' UUIDs out.
    internal const string MigDocument = """
        <?xml version="1.0" ?>
        <!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
        <nvidia_smi_log>
          <driver_version>575.57.08</driver_version>
          <attached_gpus>2</attached_gpus>
          <gpu id="00000000:15:00.0">
            <mig_mode><current_mig>Enabled</current_mig><pending_mig>Enabled</pending_mig></mig_mode>
            <mig_devices>
              <mig_device>
                <index>0</index>
                <gpu_instance_id>1</gpu_instance_id>
                <compute_instance_id>0</compute_instance_id>
                <fb_memory_usage>
                  <total>40448 MiB</total><reserved>0 MiB</reserved><used>298 MiB</used><free>40151 MiB</free>
                </fb_memory_usage>
              </mig_device>
              <mig_device>
                <index>1</index>
                <gpu_instance_id>9</gpu_instance_id>
                <compute_instance_id>0</compute_instance_id>
                <fb_memory_usage>
                  <total>9728 MiB</total><reserved>0 MiB</reserved><used>12 MiB</used><free>9716 MiB</free>
                </fb_memory_usage>
              </mig_device>
            </mig_devices>
            <uuid>GPU-9c73eb7b-8d6d-6c0e-dc13-97873e2ede40</uuid>
            <fb_memory_usage><total>81920 MiB</total><used>310 MiB</used><free>81018 MiB</free></fb_memory_usage>
            <processes>
              <process_info>
                <gpu_instance_id>1</gpu_instance_id>
                <compute_instance_id>0</compute_instance_id>
                <pid>9001</pid>
                <type>C</type>
                <process_name>python3</process_name>
                <used_memory>280 MiB</used_memory>
              </process_info>
            </processes>
          </gpu>
          <gpu id="00000000:16:00.0">
            <mig_mode><current_mig>Disabled</current_mig><pending_mig>Disabled</pending_mig></mig_mode>
            <mig_devices>None</mig_devices>
            <uuid>GPU-c92e2d5d-4a69-f1cd-4df0-305f8606705a</uuid>
          </gpu>
        </nvidia_smi_log>

        """;

    internal const string MigRows = """
        0, NVIDIA A100-SXM4-80GB, GPU-9c73eb7b-8d6d-6c0e-dc13-97873e2ede40, 575.57.08, 81920, 310, 81018, Enabled
        1, NVIDIA A100-SXM4-80GB, GPU-c92e2d5d-4a69-f1cd-4df0-305f8606705a, 575.57.08, 81920, 5, 81323, Disabled

        """;

    [UnixFact]
    public void Devices_have_their_memory_their_processes_and_their_kind()
    {
        using var tools = new FakeTools().Answer("nvidia-smi", Query, H100).Answer("nvidia-smi", Processes, H100Processes);
        var devices = tools.Find();

        Assert.Empty(tools.Problems);
        Assert.Equal([0, 1], devices.Select(device => device.Index));
        var first = devices[0];
        Assert.Equal(
            ("NVIDIA", "580.65.06", "GPU-1f3c5a52-7f8e-4c3e-9d4b-1c0f6c9a7b11", "H100 SXM5 80GB", "nvidia-smi"),
            (first.Vendor, first.DriverVersion, first.Uuid, first.Gpu, first.Source));
        Assert.Equal((81559L << 20, 42013L << 20, 39067L << 20), (first.TotalBytes, first.UsedBytes, first.FreeBytes));
        Assert.Equal(["/opt/venv/bin/python3 (4711)", "tritonserver --model-repository=/models, /more (4712)"], first.Processes.Select(process => $"{process}"));
        Assert.Equal([41870L << 20, 120L << 20], first.Processes.Select(process => process.UsedBytes));
        Assert.Empty(devices[1].Processes);
        Assert.Equal("1: NVIDIA H100 80GB HBM3, 79.2 of 79.6 GiB free", $"{devices[1]}");
        Assert.All(tools.Calls, call => Assert.StartsWith(tools.At("nvidia-smi"), call, System.StringComparison.Ordinal));
    }

    [UnixFact]
    public void Instances_of_a_divided_GPU_are_devices_and_its_memory_is_not_counted_twice()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", Query, MigRows)
            .Answer("nvidia-smi", Processes, string.Empty)
            .Answer("nvidia-smi", "-L", MigList)
            .Answer("nvidia-smi", "-q -x", MigDocument);
        var devices = tools.Find();

        Assert.Empty(tools.Problems);
        Assert.Equal([false, true, true, false], devices.Select(device => device.IsMig));
        Assert.Equal([true, false, false, false], devices.Select(device => device.IsDivided));
        Assert.Equal([null, "3g.40gb", "1g.10gb", null], devices.Select(device => device.MigProfile));
        Assert.Equal([null, 40151L << 20, 9716L << 20, 81323L << 20], devices.Select(device => device.FreeBytes));
        Assert.Equal(
            ("MIG-a686709d-6dc2-542a-8851-0d2508448c10", devices[0].Uuid, "python3 (9001)", "MIG 3g.40gb of NVIDIA A100-SXM4-80GB"),
            (devices[1].Uuid, devices[1].ParentUuid, $"{devices[1].Processes}", devices[1].Name));
        Assert.Empty(devices[2].Processes);
        Assert.Contains("2 of them", devices[0].Note, System.StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_divided_GPU_whose_instances_cannot_be_read_is_listed_all_the_same()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", Query, MigRows)
            .Answer("nvidia-smi", Processes, string.Empty)
            .Answer("nvidia-smi", "-L", MigList)
            .Answer("nvidia-smi", "-q -x", MigDocument[..900]);
        var devices = tools.Find();

        Assert.Equal([true, false], devices.Select(device => device.IsDivided));
        Assert.Equal(ErrorIds.GpuToolOutputInvalid, Assert.Single(tools.Problems).ErrorId);
    }

    // A DGX Spark, driver 580.126.09 (unslothai/unsloth#10703): the memory is that of the machine.
    [UnixFact]
    public void A_GPU_that_shares_the_machines_memory_has_none_of_its_own()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", Query, "0, NVIDIA GB10, GPU-2dee1e25-b3b5-007e-2b55-79f2d0f2ebe5, 580.126.09, [N/A], [N/A], [N/A], [N/A]\n")
            .Answer("nvidia-smi", Processes, "GPU-2dee1e25-b3b5-007e-2b55-79f2d0f2ebe5, 812, VLLM::Worker, 106448\n");
        var device = Assert.Single(tools.Find());

        Assert.Equal((null, null, null, false), (device.TotalBytes, device.UsedBytes, device.FreeBytes, device.IsDivided));
        Assert.Equal("DGX Spark GB10 128GB", device.Gpu);
        Assert.StartsWith("Its tool names no memory: it shares the machine's", device.Note, System.StringComparison.Ordinal);
        Assert.Equal(106448L << 20, Assert.Single(device.Processes).UsedBytes);
        Assert.Equal("0: NVIDIA GB10", $"{device}");
    }

    // Drivers before 450 say on their output, not among their errors, that they do not know MIG, with exit code 2.
    [UnixFact]
    public void An_old_driver_is_asked_again_for_what_it_knows()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", Query, "Field \"mig.mode.current\" is not a valid field to query.\n\n", exitCode: 2)
            .Answer("nvidia-smi", OldQuery, "0, Tesla V100-SXM2-16GB, GPU-5a1b5c2d-0000-1111-2222-333344445555, 418.126.02, 16160, 0, 16160\n")
            .Answer("nvidia-smi", Processes, "No running processes found\n");
        var device = Assert.Single(tools.Find());

        Assert.Empty(tools.Problems);
        Assert.Equal(("V100 SXM2 16GB", 16160L << 20), (device.Gpu, device.FreeBytes));
    }

    // Windows (WDDM) does not tell what a process holds; another user's process has no name; a GPU can fall off the bus.
    [UnixFact]
    public void What_the_tool_does_not_know_is_null()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", Query, """
                0, NVIDIA GeForce RTX 4090, GPU-aaaa1111-bbbb-cccc-dddd-eeeeeeeeeeee, 566.36, 24564 MiB, 1423 MiB, 22753 MiB, [N/A]
                1, NVIDIA GeForce RTX 3090, GPU-bbbb1111-bbbb-cccc-dddd-eeeeeeeeeeee, 566.36, [Unknown Error], [GPU is lost], [Not Supported], [N/A]

                """)
            .Answer("nvidia-smi", Processes, """
                GPU-aaaa1111-bbbb-cccc-dddd-eeeeeeeeeeee, 4242, C:\Program Files\Python\python.exe, [N/A]
                GPU-aaaa1111-bbbb-cccc-dddd-eeeeeeeeeeee, 17, [Insufficient Permissions], [Insufficient Permissions]

                """);
        var devices = tools.Find();

        Assert.Empty(tools.Problems);
        Assert.Equal((24564L << 20, 22753L << 20), (devices[0].TotalBytes, devices[0].FreeBytes));
        Assert.Equal([@"C:\Program Files\Python\python.exe (4242)", "process (17)"], devices[0].Processes.Select(process => $"{process}"));
        Assert.All(devices[0].Processes, process => Assert.Null(process.UsedBytes));
        Assert.Equal((null, null, null), (devices[1].TotalBytes, devices[1].UsedBytes, devices[1].FreeBytes));
    }

    // ECC that is switched off gives a sixteenth back: 49140 of an A40's 46068 MiB. An RTX 4060 Ti has 8 or 16 GB.
    [UnixTheory]
    [InlineData("NVIDIA A40", 46068, "A40 48GB")]
    [InlineData("NVIDIA A40", 49140, "A40 48GB")]
    [InlineData("NVIDIA GeForce RTX 4060 Ti", 16380, "GeForce RTX 4060 Ti 16GB")]
    [InlineData("NVIDIA GeForce RTX 4060 Ti", 8188, null)]
    [InlineData("NVIDIA Something New", 16380, null)]
    public void A_kind_is_known_by_its_name_and_its_memory(string name, int mebibytes, string? gpu)
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi", Query, $"0, {name}, GPU-0, 560.35.03, {mebibytes}, 1, {mebibytes - 500}, [N/A]\n")
            .Answer("nvidia-smi", Processes, string.Empty);

        Assert.Equal(gpu, Assert.Single(tools.Find()).Gpu);
    }

    [UnixFact]
    public void The_culture_changes_no_figure()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            using var tools = new FakeTools().Answer("nvidia-smi", Query, H100).Answer("nvidia-smi", Processes, H100Processes);
            var device = tools.Find()[0];

            Assert.Equal(81559L << 20, device.TotalBytes);
            Assert.Equal("0: NVIDIA H100 80GB HBM3, 38.2 of 79.6 GiB free", $"{device}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [UnixFact]
    public void A_machine_without_a_GPU_has_none_and_that_is_no_error()
    {
        using var tools = new FakeTools().Answer("nvidia-smi", Query, "No devices were found\n", exitCode: 6);

        Assert.Empty(tools.Find());
        Assert.Empty(tools.Problems);
    }

    [UnixFact]
    public void Processes_that_cannot_be_read_hide_no_device()
    {
        using var tools = new FakeTools().Answer("nvidia-smi", Query, H100).Answer("nvidia-smi", Processes, string.Empty, exitCode: 3, errors: "no such thing\n");

        Assert.Equal(2, tools.Find().Count);
        Assert.Equal(ErrorIds.GpuToolFailed, Assert.Single(tools.Problems).ErrorId);
    }

    [UnixTheory]
    [InlineData("hello\n")]
    [InlineData("0, NVIDIA H100 80GB HBM3, GPU-1, 580.65.06, 81559\n")]
    [InlineData("0, NVIDIA H100 80GB HBM3, GPU-1, 580.65.06, 81559, 1e400, 5, Disabled\n")]
    [InlineData("0, NVIDIA H100 80GB HBM3, GPU-1, 580.65.06, 99999999999999999999999, 1, 5, Disabled\n")]
    [InlineData("0, NVIDIA H100 80GB HBM3, GPU-1, 580.65.06, -1, 1, 5, Disabled\n")]
    [InlineData("99999999999, NVIDIA H100 80GB HBM3, GPU-1, 580.65.06, 1, 1, 5, Disabled\n")]
    public void What_no_version_prints_is_an_error_with_its_line(string printed)
    {
        using var tools = new FakeTools().Answer("nvidia-smi", Query, printed).Answer("nvidia-smi", Processes, string.Empty);

        Assert.Empty(tools.Find());
        var error = Assert.Single(tools.Problems);
        Assert.Equal((ErrorIds.GpuToolOutputInvalid, printed.TrimEnd('\n')), (error.ErrorId, error.Value));
    }
}
