using System;
using System.Globalization;
using LlmMemory.Estimation.Cases;

namespace LlmMemory.Planning.Limits;

/// <summary>The values that a setting can take in one case, numbered from the least to the greatest.</summary>
/// <param name="First">The number of the least.</param>
/// <param name="Last">The number of the greatest.</param>
/// <param name="At">The case with one of them.</param>
internal sealed record LimitScale(long First, long Last, Func<long, EstimateCase> At)
{
    /// <summary>What a number stands for.</summary>
    public Func<long, object> Show { get; init; } = number => number;

    /// <summary>The devices that a value has, where it says how many there are; null for all.</summary>
    public Func<long, DevicePool>? PoolAt { get; init; }

    /// <summary>True where each value needs at least as much as the one before, and none between them is refused.</summary>
    public bool IsMonotone { get; init; } = true;

    /// <summary>The value up to which one may fit again after others that do not, by the last that fits.</summary>
    public Func<long, long> FitsAgainUpTo { get; init; } = last => last;

    /// <summary>Why there is no value beyond the last: <c>the model's own context</c>.</summary>
    public string End { get; init; } = "no more can be asked for";

    /// <summary>A value as text.</summary>
    public string Text(long number)
    {
        return Convert.ToString(Show(number), CultureInfo.InvariantCulture) ?? string.Empty;
    }
}
