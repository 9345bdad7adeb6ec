using System.Globalization;

namespace LlmMemory.Quantities;

/// <summary>Exact byte counts in the two units that figures are printed in. GB is 1e9 bytes, GiB is 2^30.</summary>
public static class ByteSize
{
    /// <summary>Bytes in one GB.</summary>
    public const double BytesPerGB = 1e9;

    /// <summary>Bytes in one GiB.</summary>
    public const double BytesPerGiB = 1L << 30;

    /// <summary>Converts bytes to GB (1e9 bytes).</summary>
    /// <param name="bytes">The bytes.</param>
    public static double ToGB(long bytes)
    {
        return bytes / BytesPerGB;
    }

    /// <summary>Converts bytes to GiB (2^30 bytes).</summary>
    /// <param name="bytes">The bytes.</param>
    public static double ToGiB(long bytes)
    {
        return bytes / BytesPerGiB;
    }

    /// <summary>Writes bytes exactly in GB, for formulas: <c>0.32 GB</c>.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string FormatGB(long bytes)
    {
        return (bytes / 1e9m).ToString("0.#########", CultureInfo.InvariantCulture) + " GB";
    }

    /// <summary>Writes bytes in GiB, for sentences: <c>79.19 GiB</c>.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string FormatGiB(long bytes)
    {
        return ToGiB(bytes).ToString("0.##", CultureInfo.InvariantCulture) + " GiB";
    }
}
