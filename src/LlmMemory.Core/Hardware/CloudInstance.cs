namespace LlmMemory.Hardware;

/// <summary>A machine type of a cloud, and how many GPUs of one kind it holds.</summary>
public sealed class CloudInstance
{
    internal CloudInstance(string provider, string name, int gpuCount)
    {
        Provider = provider;
        Name = name;
        GpuCount = gpuCount;
    }

    /// <summary>Who lets it: AWS, Azure, GCP, OCI.</summary>
    public string Provider { get; }

    /// <summary>The provider's own name: <c>p5.48xlarge</c>.</summary>
    public string Name { get; }

    /// <summary>GPUs (a card of two devices counts as two, a share of a card as none).</summary>
    public int GpuCount { get; }

    /// <summary>The instance in a few words: <c>AWS p5.48xlarge (8)</c>.</summary>
    public override string ToString()
    {
        return System.FormattableString.Invariant($"{Provider} {Name} ({GpuCount})");
    }
}
