using LlmMemory.Estimation;
using LlmMemory.Quantities;

namespace LlmMemory.Planning.Limits;

/// <summary>How far a setting can go on some devices, and what ends it.</summary>
public sealed class MemoryLimit
{
    internal MemoryLimit(LimitSetting setting, LimitDirection direction, LimitScale scale, LimitTrials trials, long? best, DevicePool pool)
    {
        Setting = setting.Name;
        Direction = direction.ToString();
        Gpu = pool.Name;
        GpuCount = pool.Devices.Count;
        Value = best is { } value ? scale.Show(value) : null;
        Fit = best is { } fitting ? trials.FitOf(fitting) : null;
        if (Beyond(direction, scale, best) is { } next)
        {
            NextValue = scale.Show(next);
            Reason = trials.ReasonAgainst(next);
            NextRequiredBytes = trials.FitOf(next)?.RequiredBytes;
        }
        else
        {
            Reason = direction == LimitDirection.Maximize ? $"{scale.Text(scale.Last)} is the most: {scale.End}." : $"{scale.Text(scale.First)} is the least.";
        }

        Trials = trials.Count;
    }

    /// <summary>The setting.</summary>
    public string Setting { get; }

    /// <summary>Maximize or Minimize.</summary>
    public string Direction { get; }

    /// <summary>The largest or smallest value that fits; null where none does.</summary>
    public object? Value { get; }

    /// <summary>The model's name, null where only a parameter count is known.</summary>
    public string? Model => Estimate?.Model;

    /// <summary>The engine or framework; null where none is modelled.</summary>
    public string? Engine => Fit?.Engine;

    /// <summary>The devices.</summary>
    public string Gpu { get; }

    /// <summary>How many there are.</summary>
    public int GpuCount { get; }

    /// <summary>What the device with the least room holds at that value.</summary>
    public long? RequiredBytes => Fit?.RequiredBytes;

    /// <summary>What it has for that.</summary>
    public long? AvailableBytes => Fit?.AvailableBytes;

    /// <summary>What stays free on it.</summary>
    public long? HeadroomBytes => Fit?.HeadroomBytes;

    /// <summary>The same in GiB (2^30 bytes).</summary>
    public double? HeadroomGiB => HeadroomBytes is { } bytes ? ByteSize.ToGiB(bytes) : null;

    /// <summary>One step further; null where there is none.</summary>
    public object? NextValue { get; }

    /// <summary>What the device with the least room would hold there; null where the engine refuses it.</summary>
    public long? NextRequiredBytes { get; }

    /// <summary>Why it goes no further.</summary>
    public string? Reason { get; }

    /// <summary>The values that were tried.</summary>
    public int Trials { get; }

    /// <summary>The estimate at the value; null where none fits.</summary>
    public MemoryEstimate? Estimate => Fit?.Estimate;

    /// <summary>The verdict at the value; null where none fits.</summary>
    public MemoryFit? Fit { get; }

    /// <summary>Setting and value in one line.</summary>
    public override string ToString()
    {
        return $"{Setting}: {Value ?? "none"}";
    }

    private static long? Beyond(LimitDirection direction, LimitScale scale, long? best)
    {
        return direction == LimitDirection.Maximize
            ? best is null ? scale.First : best < scale.Last ? best + 1 : null
            : best is null ? scale.Last : best > scale.First ? best - 1 : null;
    }
}
