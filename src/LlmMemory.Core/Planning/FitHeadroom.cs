using LlmMemory.Errors;
using LlmMemory.Quantities;
using LlmMemory.Workloads.Serving;

namespace LlmMemory.Planning;

/// <summary>What has to stay free on each device: a share of it, or bytes.</summary>
public sealed class FitHeadroom
{
    private readonly decimal _share;
    private readonly long _bytes;

    private FitHeadroom(decimal share, long bytes)
    {
        _share = share;
        _bytes = bytes;
    }

    /// <summary>Nothing.</summary>
    public static FitHeadroom None { get; } = new(0, 0);

    /// <summary>Reads a headroom: '10%' or 0.1 of a device, 4GB or '4 GiB'.</summary>
    /// <param name="value">Text or a number; a number below 1 is a share.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.HeadroomInvalid"/>.</exception>
    public static FitHeadroom Parse(object value)
    {
        if (IsShare(value))
        {
            return Share.Read(value, out var share) == NumericReading.Number && share is >= 0 and < 1
                ? new FitHeadroom(share, 0)
                : throw Invalid(value);
        }

        try
        {
            return DeviceMemorySize.Parse(value) is var bytes && bytes >= 1L << 20 ? new FitHeadroom(0, bytes) : throw Invalid(value);
        }
        catch (LlmMemoryException error) when (error.ErrorId != ErrorIds.HeadroomInvalid)
        {
            throw Invalid(value);
        }
    }

    /// <summary>What has to stay free of a device.</summary>
    /// <param name="totalBytes">The device's memory.</param>
    public long Of(long totalBytes)
    {
        return _bytes + (long)(totalBytes * _share);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return _bytes > 0 ? ByteSize.FormatGiB(_bytes) : Share.Format(_share);
    }

    private static bool IsShare(object value)
    {
        return value is string text
            ? text.TrimEnd().EndsWith("%", System.StringComparison.Ordinal) || (NumericValue.ReadText(text.Trim(), out var number) == NumericReading.Number && number < 1)
            : NumericValue.Read(value, out var given) == NumericReading.Number && given < 1;
    }

    private static LlmMemoryException Invalid(object value)
    {
        return new LlmMemoryException(
            ErrorIds.HeadroomInvalid, value, $"{Quoted.Value(value)} is no headroom. Write a share of a device, 10%, or bytes: 4GB.");
    }
}
