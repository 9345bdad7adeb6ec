using System.Globalization;

namespace LlmMemory.Estimation.Comparison;

/// <summary>Bytes of a difference, and why an estimate has them more, or fewer, than the log.</summary>
public sealed class DifferencePart
{
    internal DifferencePart(long bytes, string reason)
    {
        Bytes = bytes;
        Reason = reason;
    }

    /// <summary>The bytes; above 0 where the estimate has more than the log.</summary>
    public long Bytes { get; }

    /// <summary>Where they come from.</summary>
    public string Reason { get; }

    /// <summary>Bytes and reason in one line.</summary>
    public override string ToString()
    {
        return string.Format(CultureInfo.InvariantCulture, "{0:+#,0;-#,0;0} bytes: {1}", Bytes, Reason);
    }
}
