namespace LlmMemory.Hardware;

/// <summary>Where a figure of a GPU comes from.</summary>
public sealed class GpuFigure
{
    internal GpuFigure(string figure, string source, bool isVerified)
    {
        Figure = figure;
        Source = source;
        IsVerified = isVerified;
    }

    /// <summary>The figure: the property of <see cref="Gpu"/> that has it.</summary>
    public string Figure { get; }

    /// <summary>Where it was read, or the rule that it follows from.</summary>
    public string Source { get; }

    /// <summary>True where the source was read; false for what is generally quoted, and for what follows from a rule.</summary>
    public bool IsVerified { get; }

    /// <summary>The evidence in one line: <c>TotalBytes: nvidia-smi output</c>.</summary>
    public override string ToString()
    {
        return IsVerified ? $"{Figure}: {Source}" : $"{Figure} (unverified): {Source}";
    }
}
