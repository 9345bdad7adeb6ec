using System;
using System.Globalization;
using System.Linq;
using LlmMemory.DataTypes;
using LlmMemory.Errors;

namespace LlmMemory.Estimation.Serving.LlamaCpp;

/// <summary>
/// Refuses what llama.cpp refuses, with its own rule. Sources: ggml-org/llama.cpp v0.5.0, src/llama-context.cpp
/// (llama_init_from_model, output_reserve), src/llama.cpp (llama_prepare_model_devices), common/arg.cpp.
/// </summary>
internal static class LlamaCppSettingsCheck
{
    private const int MaxSlots = 256;

    private const int MaxDevices = 128;

    // Enough for any machine, and little enough that no product of it leaves 64 bits.
    private const long MaxTokens = int.MaxValue;

    /// <summary>Checks what does not depend on the model.</summary>
    /// <param name="settings">The settings.</param>
    public static void Check(LlamaCppSettings settings)
    {
        InRange(nameof(settings.ContextLength), settings.ContextLength ?? 1, 1, MaxTokens, "8192");
        InRange(nameof(settings.BatchSize), settings.BatchSize, 1, MaxTokens, "2048");
        InRange(nameof(settings.MicroBatchSize), settings.MicroBatchSize, 1, MaxTokens, "512");
        InRange(nameof(settings.Slots), settings.Slots ?? 1, 1, MaxSlots, "4");
        InRange(nameof(settings.MaxOutputs), settings.MaxOutputs ?? 0, 0, MaxTokens, "4");
        InRange(nameof(settings.GpuLayers), settings.GpuLayers ?? 0, 0, MaxTokens, "32");
        InRange(nameof(settings.DraftGpuLayers), settings.DraftGpuLayers ?? 0, 0, MaxTokens, "32");
        InRange(nameof(settings.CpuMoeLayers), settings.CpuMoeLayers, 0, MaxTokens, "10");
        InRange(nameof(settings.DraftTokens), settings.DraftTokens, 0, MaxTokens, "3");
        InRange(nameof(settings.DeviceOverheadBytes), settings.DeviceOverheadBytes ?? 0, 0, 1L << 40, "475004928");
        CheckDevices(settings);
        CheckCacheTypes(settings);
    }

    /// <summary>Checks what depends on the model.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="model">The model.</param>
    /// <param name="context">The context.</param>
    public static void Check(LlamaCppSettings settings, LlamaCppModel model, LlamaCppContext context)
    {
        if (model.Caches.Attention.Any(layer => layer.ValueWidth == 0) && settings.KeyCacheType != settings.ValueCacheType)
        {
            throw Unsupported(
                settings.ValueCacheType,
                $"llama.cpp does not support a key cache in {settings.KeyCacheType} and a value cache in {settings.ValueCacheType} for "
                + "latent attention, in which values are a part of the keys. Give both the same type.");
        }

        CheckHeads(settings.KeyCacheType, "key", model.Shape.Latent?.CacheElements ?? model.Shape.KeySize);
        CheckHeads(settings.ValueCacheType, "value", model.Shape.Latent is null ? model.Shape.ValueSize : 0);
        if (context.MaxOutputs < context.Slots)
        {
            throw OutOfRange(
                nameof(settings.MaxOutputs), context.MaxOutputs, $"llama.cpp needs the logits of one token for each of the {context.Slots} slots", "0");
        }
    }

    private static void CheckDevices(LlamaCppSettings settings)
    {
        InRange(nameof(settings.DeviceCount), settings.DeviceCount, 0, MaxDevices, "2");
        InRange(nameof(settings.MainGpu), settings.MainGpu, 0, Math.Max(0, settings.DeviceCount - 1), "0");
        if (settings.SplitMode is LlamaCppSplitMode.Row or LlamaCppSplitMode.Tensor)
        {
            throw new LlmMemoryException(
                ErrorIds.SplitModeUnsupported,
                settings.SplitMode,
                settings.SplitMode == LlamaCppSplitMode.Row
                    ? "Split mode Row is none that llama.cpp v0.5.0 has on CUDA: it would stop with 'does not support split buffers'. Use Layer or None."
                    : "Split mode Tensor is an experiment in llama.cpp v0.5.0, and its buffers are not known here. Use Layer or None.");
        }

        CheckShares(settings);
        foreach (var rule in settings.TensorOverrides.Where(rule => rule.Gpu >= settings.DeviceCount))
        {
            throw new LlmMemoryException(
                ErrorIds.TensorOverrideInvalid,
                rule.ToString(),
                $"{Quoted.Value(rule)} names a GPU that is not there: {settings.DeviceCount} are. Use {rule.Pattern}=CPU or a smaller number.");
        }
    }

    private static void CheckShares(LlamaCppSettings settings)
    {
        var shares = settings.TensorSplit;
        if (shares.Count > settings.DeviceCount || shares.Any(share => !(share >= 0 && share < float.MaxValue / MaxDevices)))
        {
            var shown = string.Join(",", shares.Select(share => share.ToString(CultureInfo.InvariantCulture)));
            throw OutOfRange(nameof(settings.TensorSplit), shown, $"there is one share for each of the {settings.DeviceCount} GPUs, none below 0", "3,1");
        }
    }

    private static void CheckCacheTypes(LlamaCppSettings settings)
    {
        foreach (var type in new[] { settings.KeyCacheType, settings.ValueCacheType }.Where(type => !LlamaCppSettings.CacheTypes.Contains(type)))
        {
            var known = string.Join(", ", LlamaCppSettings.CacheTypes.Select(known => known.Name));
            throw Unsupported(type, $"{Quoted.Value(type)} is no type that llama.cpp caches keys and values in. It has {known}.");
        }

        if (settings.ValueCacheType.BlockWeights > 1 && settings.FlashAttention == FlashAttentionMode.Off)
        {
            throw Unsupported(
                settings.ValueCacheType,
                $"A value cache in {settings.ValueCacheType} requires flash attention, which is Off. Set it to Auto or On, or cache values in F16.");
        }
    }

    private static void CheckHeads(DataType type, string what, long headSize)
    {
        if (type.BlockWeights > 1 && headSize % type.BlockWeights != 0)
        {
            throw Unsupported(
                type,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "A {0} cache in {1} comes in blocks of {2}, which do not divide the {3} elements of a head. Use F16.",
                    what,
                    type,
                    type.BlockWeights,
                    headSize));
        }
    }

    private static void InRange(string name, long value, long smallest, long largest, string good)
    {
        if (value < smallest || value > largest)
        {
            throw OutOfRange(
                name, value, string.Format(CultureInfo.InvariantCulture, "it has to be from {0} to {1}", smallest, largest), good);
        }
    }

    private static LlmMemoryException OutOfRange(string name, object value, string rule, string good)
    {
        return new LlmMemoryException(
            ErrorIds.ServingSettingOutOfRange, value, $"{Quoted.Value(value)} is no {name}: {rule}. Use for example {good}.");
    }

    private static LlmMemoryException Unsupported(DataType type, string message)
    {
        return new LlmMemoryException(ErrorIds.KvCacheTypeUnsupported, type.Name, message);
    }
}
