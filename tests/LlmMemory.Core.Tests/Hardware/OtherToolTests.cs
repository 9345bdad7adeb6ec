using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Machine;
using Xunit;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>What the tools of AMD, Intel, Apple and Windows print, as it was recorded by people who published it.</summary>
[Collection(FakeToolTests.Name)]
public sealed class OtherToolTests
{
    private const string AmdStatic = "static --asic --driver --vram --json";

    private const string AmdMetric = "metric --mem-usage --json";

    private const string RocmQuery = "--showproductname --showmeminfo vram --showuniqueid --showdriverversion --json";

    private const string RegistryKey = @"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}\0000";

    private const string RegistryQuery = @"query HKLM\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318} /s /v ";

    // rocm-smi of ROCm 6 (marimo-team/marimo#9237), with the driver that its object of the system has.
    private const string Rocm6 = """
        {
          "card0": {
            "Unique ID": "0x9246abcdef012345",
            "VRAM Total Memory (B)": "21458059264",
            "VRAM Total Used Memory (B)": "27856896",
            "Card Series": "Radeon RX 7900 XT",
            "Card Model": "0x744c",
            "Card Vendor": "Advanced Micro Devices, Inc. [AMD/ATI]",
            "GFX Version": "gfx1100"
          },
          "system": { "Driver version": "6.8.5" }
        }
        """;

    // amd-smi of ROCm 7 on MI300X: the list lies under gpu_data, and a user outside of the group render is warned.
    [UnixFact]
    public void The_devices_of_amd_smi_since_ROCm_7()
    {
        using var tools = new FakeTools()
            .Answer("amd-smi", AmdStatic, """
                WARNING: User is missing the following required groups: render, video. Please add user to these groups.
                { "gpu_data": [ { "gpu": 0,
                    "asic": { "market_name": "AMD Instinct MI300X", "vendor_id": "0x1002", "target_graphics_version": "gfx942" },
                    "vram": { "type": "HBM3", "size": { "value": 196592, "unit": "MB" } },
                    "driver": { "name": "amdgpu", "version": "6.14.14" } } ] }
                """)
            .Answer("amd-smi", AmdMetric, """
                { "gpu_data": [ { "gpu": 0, "mem_usage": {
                    "total_vram": { "value": 196592, "unit": "MB" }, "used_vram": { "value": 17153, "unit": "MB" },
                    "free_vram": { "value": 179439, "unit": "MB" }, "total_gtt": { "value": 773695, "unit": "MB" } } } ] }
                """)
            .Answer("amd-smi", "list --json", """[ { "gpu": 0, "bdf": "0000:0c:00.0", "uuid": "c2ff74a1-0000-1000-8017-1ff77417f1d6", "node_id": 2 } ]""")
            .Answer("amd-smi", "process --json", """
                [ { "gpu": 0, "process_list": [
                    { "process_info": { "name": "python3", "pid": 2168274, "mem_usage": { "value": 6228000, "unit": "B" },
                      "memory_usage": { "gtt_mem": { "value": 6180000, "unit": "B" }, "vram_mem": { "value": 48000, "unit": "B" } } } } ] } ]
                """);
        var device = Assert.Single(tools.Find());

        Assert.Empty(tools.Problems);
        Assert.Equal(
            ("AMD", "MI300X 192GB", "6.14.14", "c2ff74a1-0000-1000-8017-1ff77417f1d6", "amd-smi"),
            (device.Vendor, device.Gpu, device.DriverVersion, device.Uuid, device.Source));
        Assert.Equal((206_141_652_992, 17153L << 20, 179439L << 20), (device.TotalBytes, device.UsedBytes, device.FreeBytes));
        var process = Assert.Single(device.Processes);
        Assert.Equal((2168274, "python3", 48000L), (process.Id, process.Name, process.UsedBytes));
    }

    // amd-smi of ROCm 6 on MI300A, a list; a device without processes has a text in their place.
    [UnixFact]
    public void The_devices_of_amd_smi_up_to_ROCm_6()
    {
        using var tools = new FakeTools()
            .Answer("amd-smi", AmdStatic, """
                [ { "gpu": 0, "asic": { "market_name": "AMD Instinct MI300A" }, "driver": { "driver_name": "amdgpu", "driver_version": "6.10.10" },
                    "vram": { "type": "HBM", "vendor": "UNKNOWN", "size": { "value": 96434, "unit": "MB" }, "max_bandwidth": "N/A" } },
                  { "gpu": 1, "asic": { "market_name": "N/A" }, "driver": { "driver_name": "amdgpu", "driver_version": "6.10.10" }, "vram": "N/A" } ]
                """)
            .Answer("amd-smi", AmdMetric, """
                [ { "gpu": 0, "mem_usage": { "total_vram": { "value": 96434, "unit": "MB" }, "used_vram": { "value": 283, "unit": "MB" } } },
                  { "gpu": 1, "mem_usage": { "total_vram": "N/A", "used_vram": "N/A" } } ]
                """)
            .Answer("amd-smi", "list --json", "[]")
            .Answer("amd-smi", "process --json", """[ { "gpu": 0, "process_list": [ { "process_info": "No running processes detected" } ] } ]""");
        var devices = tools.Find();

        Assert.Empty(tools.Problems);
        Assert.Equal((96434L << 20, 96151L << 20, "6.10.10", "MI300A 128GB"), (devices[0].TotalBytes, devices[0].FreeBytes, devices[0].DriverVersion, devices[0].Gpu));
        Assert.Empty(devices[0].Processes);
        Assert.Equal(("AMD GPU", null, null, null), (devices[1].Name, devices[1].TotalBytes, devices[1].FreeBytes, devices[1].Gpu));
    }

    [UnixFact]
    public void The_devices_of_rocm_smi()
    {
        using var tools = new FakeTools().Answer("rocm-smi", RocmQuery, Rocm6);
        var device = Assert.Single(tools.Find());

        Assert.Equal(
            (0, "Radeon RX 7900 XT", "6.8.5", "0x9246abcdef012345", "rocm-smi"),
            (device.Index, device.Name, device.DriverVersion, device.Uuid, device.Source));
        Assert.Equal((21_458_059_264, 27_856_896, 21_430_202_368), (device.TotalBytes, device.UsedBytes, device.FreeBytes));
        Assert.Null(device.Gpu);
    }

    // ROCm 5 writes 'Card series'; the order of cards in the document is not theirs.
    [UnixFact]
    public void The_devices_of_an_older_rocm_smi_come_in_their_order()
    {
        using var tools = new FakeTools().Answer("rocm-smi", RocmQuery, """
            {"card10": {"VRAM Total Memory (B)": "68702699520", "VRAM Total Used Memory (B)": "10", "Card series": "AMD INSTINCT MI250 (MCM) OAM AC MBA"},
             "card2": {"VRAM Total Memory (B)": "68702699520", "VRAM Total Used Memory (B)": "N/A", "Card series": "AMD INSTINCT MI250 (MCM) OAM AC MBA"}}
            """);
        var devices = tools.Find();

        Assert.Equal([2, 10], devices.Select(device => device.Index));
        Assert.Equal([null, 68_702_699_510], devices.Select(device => device.FreeBytes));
    }

    [UnixFact]
    public void Rocm_smi_is_asked_only_where_amd_smi_gives_no_answer()
    {
        using var broken = new FakeTools()
            .Answer("amd-smi", AmdStatic, string.Empty, exitCode: 1, errors: "Traceback (most recent call last):\n")
            .Answer("rocm-smi", RocmQuery, Rocm6);
        using var whole = new FakeTools()
            .Answer("amd-smi", AmdStatic, "[]").Answer("amd-smi", AmdMetric, "[]").Answer("amd-smi", "list --json", "[]").Answer("amd-smi", "process --json", "[]")
            .Answer("rocm-smi", RocmQuery, Rocm6);

        Assert.Equal("rocm-smi", Assert.Single(broken.Find()).Source);
        Assert.Equal(ErrorIds.GpuToolFailed, Assert.Single(broken.Problems).ErrorId);
        Assert.Empty(whole.Find());
    }

    // xpu-smi 1.3 (intel/xpumanager#127): a list of few facts, a document for each device.
    [UnixFact]
    public void The_devices_of_xpu_smi()
    {
        using var tools = new FakeTools()
            .Answer("xpu-smi", "discovery -j", """
                { "device_list": [ { "device_function_type": "physical", "device_id": 0, "device_name": "Intel(R) Arc(TM) Pro B60 Graphics",
                    "device_type": "GPU", "uuid": "00000000-0000-0003-0000-0000e2118086", "vendor_name": "Intel(R) Corporation" } ] }
                """)
            .Answer("xpu-smi", "discovery -d 0 -j", """
                { "device_id": 0, "device_name": "Intel(R) Arc(TM) Pro B60 Graphics", "driver_version": "7B7A46009E666C4D10E1134",
                  "memory_bus_width": "128", "memory_ecc_state": "disabled", "memory_free_size_byte": "25447600128",
                  "memory_physical_size_byte": "25669140480", "uuid": "00000000-0000-0003-0000-0000e2118086" }
                """);
        var device = Assert.Single(tools.Find());

        Assert.Empty(tools.Problems);
        Assert.Equal(("Intel", "Arc Pro B60 24GB", "7B7A46009E666C4D10E1134"), (device.Vendor, device.Gpu, device.DriverVersion));
        Assert.Equal((25_669_140_480, 221_540_352, 25_447_600_128), (device.TotalBytes, device.UsedBytes, device.FreeBytes));
    }

    [UnixFact]
    public void The_chip_of_a_Mac_is_known_by_its_name_and_the_machines_memory()
    {
        using var tools = new FakeTools()
            .Answer("system_profiler", "SPDisplaysDataType -json", """
                { "SPDisplaysDataType" : [ { "_name" : "kHW_AppleM3MaxItem", "spdisplays_vendor" : "sppci_vendor_Apple",
                    "sppci_bus" : "spdisplays_builtin", "sppci_cores" : "40", "sppci_device_type" : "spdisplays_gpu", "sppci_model" : "Apple M3 Max" } ] }
                """)
            .Answer("sysctl", "-n hw.memsize", "68719476736\n");
        var device = Assert.Single(tools.Find(platform: MachinePlatform.MacOS));

        Assert.Empty(tools.Problems);
        Assert.Equal(("Apple", "Apple M3 Max 64GB", 64L << 30, null), (device.Vendor, device.Gpu, device.TotalBytes, device.FreeBytes));
        Assert.Contains("Metal recommends 51.8 GiB", device.Note, StringComparison.Ordinal);
    }

    [UnixFact]
    public void The_card_of_an_Intel_Mac_has_its_own_memory()
    {
        using var tools = new FakeTools().Answer("system_profiler", "SPDisplaysDataType -json", """
            {"SPDisplaysDataType":[{"_name":"Radeon Pro 5500M","spdisplays_vendor":"sppci_vendor_AMD","spdisplays_vram":"4 GB","sppci_model":"Radeon Pro 5500M"}]}
            """);
        var device = Assert.Single(tools.Find(platform: MachinePlatform.MacOS));

        Assert.Equal(("AMD", 4L << 30), (device.Vendor, device.TotalBytes));
    }

    // A German Windows: what is behind the values is in its language.
    [UnixFact]
    public void Windows_knows_the_memory_of_a_card_whose_driver_brings_no_tool()
    {
        using var tools = new FakeTools()
            .Answer("reg.exe", RegistryQuery + "HardwareInformation.qwMemorySize", $"\r\n{RegistryKey}\r\n    HardwareInformation.qwMemorySize    REG_QWORD    0x600000000\r\n\r\nEnde der Suche: 1 Übereinstimmung(en) gefunden.\r\n")
            .Answer("reg.exe", RegistryQuery + "DriverDesc", $"\r\n{RegistryKey}\r\n    DriverDesc    REG_SZ    AMD Radeon RX 7900 XTX\r\n\r\nEnde der Suche: 1 Übereinstimmung(en) gefunden.\r\n")
            .Answer("reg.exe", RegistryQuery + "DriverVersion", string.Empty, exitCode: 1);
        var device = Assert.Single(tools.Find(platform: MachinePlatform.Windows));

        Assert.Empty(tools.Problems);
        Assert.Equal(("AMD", "Radeon RX 7900 XTX 24GB", 24L << 30, null, null), (device.Vendor, device.Gpu, device.TotalBytes, device.FreeBytes, device.DriverVersion));
    }

    [UnixFact]
    public void Windows_is_not_believed_where_a_tool_has_answered()
    {
        using var tools = new FakeTools()
            .Answer("nvidia-smi.exe", NvidiaSmiTests.Query, NvidiaSmiTests.H100)
            .Answer("nvidia-smi.exe", NvidiaSmiTests.Processes, string.Empty)
            .Answer("reg.exe", RegistryQuery + "HardwareInformation.qwMemorySize", $"{RegistryKey}\r\n    HardwareInformation.qwMemorySize    REG_QWORD    0x600000000\r\n")
            .Answer("reg.exe", RegistryQuery + "DriverDesc", $"{RegistryKey}\r\n    DriverDesc    REG_SZ    NVIDIA GeForce RTX 4090\r\n")
            .Answer("reg.exe", RegistryQuery + "DriverVersion", string.Empty, exitCode: 1);

        Assert.Equal(["nvidia-smi", "nvidia-smi"], tools.Find(platform: MachinePlatform.Windows).Select(device => device.Source));
    }

    [UnixTheory]
    [InlineData("{}")]
    [InlineData("[1, 2")]
    [InlineData("")]
    [InlineData("\"gpu_data\"")]
    [InlineData("[{}]")]
    [InlineData("""[{"gpu": 0, "vram": {"size": {"value": "many", "unit": "MB"}}}]""")]
    [InlineData("""[{"gpu": 0, "vram": {"size": {"value": 5, "unit": "parsec"}}}]""")]
    public void A_document_that_no_version_prints_is_an_error(string printed)
    {
        using var tools = new FakeTools()
            .Answer("amd-smi", AmdStatic, printed).Answer("amd-smi", AmdMetric, "[]").Answer("amd-smi", "list --json", "[]").Answer("amd-smi", "process --json", "[]");

        Assert.Empty(tools.Find());
        Assert.Equal(ErrorIds.GpuToolOutputInvalid, Assert.Single(tools.Problems).ErrorId);
    }
}
