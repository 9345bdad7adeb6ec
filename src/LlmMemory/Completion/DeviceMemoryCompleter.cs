namespace LlmMemory.Completion;

/// <summary>Offers sizes of devices.</summary>
public sealed class DeviceMemoryCompleter : ExampleCompleter
{
    /// <summary>Creates the completer; PowerShell does this.</summary>
    public DeviceMemoryCompleter()
        : base(
            ("24GB", "24 GiB: a GeForce RTX 4090 as sold"),
            ("48GB", "48 GiB: an L40S as sold"),
            ("80GB", "80 GiB: an A100 or H100 as sold"),
            ("'79.19 GiB'", "an H100 as CUDA sees it"),
            ("141GB", "141 GiB: an H200 as sold"))
    {
    }
}
