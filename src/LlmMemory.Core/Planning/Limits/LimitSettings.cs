using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Naming;

namespace LlmMemory.Planning.Limits;

/// <summary>The settings whose limits can be looked for.</summary>
public static class LimitSettings
{
    private static readonly LimitSetting DataTypeBits = new DataTypeSetting();

    /// <summary>Those of which the largest value that fits is looked for.</summary>
    public static NamedCatalogue<LimitSetting> Maximized { get; } = new(
        "setting to maximize",
        ErrorIds.LimitSettingUnknown,
        CountedSetting.ContextLength,
        CountedSetting.Concurrency,
        CountedSetting.GpuLayers,
        CountedSetting.LoraSlots,
        CountedSetting.MicroBatchSize,
        CountedSetting.SequenceLength,
        CountedSetting.Rank,
        CountedSetting.Parameters,
        DataTypeBits);

    /// <summary>Those of which the smallest is.</summary>
    public static NamedCatalogue<LimitSetting> Minimized { get; } = new(
        "setting to minimize",
        ErrorIds.LimitSettingUnknown,
        new TensorParallelSetting(),
        new DeviceCountSetting(),
        new ShardingSetting(),
        DataTypeBits);

    /// <summary>All of them.</summary>
    public static NamedCatalogue<LimitSetting> All { get; } =
        new("setting with a limit", ErrorIds.LimitSettingUnknown, [.. Maximized.Union(Minimized)]);

    /// <summary>Says that a setting has no such end.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="direction">The end that is looked for.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.LimitSettingUnsuited"/>.</exception>
    public static void EnsureHas(LimitSetting setting, LimitDirection direction)
    {
        if (setting is null)
        {
            throw new ArgumentNullException(nameof(setting));
        }

        var (right, other) = direction == LimitDirection.Maximize ? (Maximized, LimitDirection.Minimize) : (Minimized, LimitDirection.Maximize);
        if (!right.Contains(setting))
        {
            throw new LlmMemoryException(
                ErrorIds.LimitSettingUnsuited, setting.Name, $"The {(direction == LimitDirection.Maximize ? "largest" : "smallest")} {setting.Name} is no question. Write -{other} {setting.Name}.");
        }
    }
}
