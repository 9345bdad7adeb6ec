namespace LlmMemory.Models;

/// <summary>How much of a head is turned by its position, and in how many ways.</summary>
/// <param name="Share">The share of a head that is turned: 1 for all of it, 0 where positions are not rotary.</param>
/// <param name="Size">The same as a width; null where the configuration says a share.</param>
/// <param name="IsMultimodal">True where time, height and width turn parts of their own, as in Qwen2-VL.</param>
public sealed record RotaryPositions(double Share, int? Size = null, bool IsMultimodal = false)
{
    /// <summary>The width that is turned of a head.</summary>
    /// <param name="headSize">The width of the head.</param>
    public int WidthOf(int headSize)
    {
        return Size is { } size && size < headSize ? size : (int)(headSize * Share);
    }
}
