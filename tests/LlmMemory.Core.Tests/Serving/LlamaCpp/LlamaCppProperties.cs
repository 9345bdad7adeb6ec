using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LlmMemory.DataTypes;
using LlmMemory.Estimation.Serving.LlamaCpp;
using Xunit;

namespace LlmMemory.Core.Tests.Serving.LlamaCpp;

/// <summary>What holds for every setting.</summary>
public sealed class LlamaCppProperties
{
    private static readonly LlamaCppModel[] Models =
    [
        LlamaCppModel.Of(LlamaCppModels.Dense), LlamaCppModel.Of(LlamaCppModels.Experts), LlamaCppModel.Of(LlamaCppModels.Sliding),
        LlamaCppModel.Of(LlamaCppModels.Latent), LlamaCppModel.Of(LlamaCppModels.Hybrid),
    ];

    [Property]
    public void More_context_never_takes_less(PositiveInt model, PositiveInt tokens, PositiveInt more, bool flash)
    {
        var settings = Settings(tokens, flash);
        AssertNotLess(model, settings, settings with { ContextLength = settings.ContextLength + (more.Get % 50_000) });
    }

    [Property]
    public void More_slots_never_take_less(PositiveInt model, PositiveInt tokens, PositiveInt slots, bool flash)
    {
        // In one shared cache, where further slots do not change how many tokens a batch has.
        var settings = Settings(tokens, flash) with { UnifiedKv = true, Slots = 1 << (slots.Get % 4) };
        AssertNotLess(model, settings, settings with { Slots = settings.Slots * 2 });
    }

    [Property]
    public void A_larger_micro_batch_never_takes_less(PositiveInt model, PositiveInt tokens, PositiveInt size, bool flash)
    {
        var settings = Settings(tokens, flash) with { MicroBatchSize = 1 + (size.Get % 1024) };
        AssertNotLess(model, settings, settings with { MicroBatchSize = settings.MicroBatchSize + 64 });
    }

    [Property]
    public void Finer_caches_never_take_less(PositiveInt model, PositiveInt tokens)
    {
        var settings = Settings(tokens, flash: true) with { DeviceCount = 0 };
        DataType[] types = [GgufDataTypes.Q4_0, GgufDataTypes.Q5_0, GgufDataTypes.Q8_0, DataTypeCatalogue.F16, DataTypeCatalogue.F32];
        var caches = types.Select(type => Caches(Of(model, settings with { KeyCacheType = type, ValueCacheType = type }))).ToList();

        Assert.Equal(caches.Order(), caches);
    }

    [Property]
    public void Layers_on_gpus_move_weights_and_caches_there(PositiveInt model, PositiveInt layers)
    {
        var settings = new LlamaCppSettings { ContextLength = 4096, Slots = 1, GpuLayers = layers.Get % 60 };
        var less = Of(model, settings);
        var more = Of(model, settings with { GpuLayers = settings.GpuLayers + 1 });

        foreach (var kind in new[] { LlamaCppBufferKind.Model, LlamaCppBufferKind.KvCache, LlamaCppBufferKind.RecurrentState })
        {
            Assert.True(more.BytesOf(kind, 0) >= less.BytesOf(kind, 0));
            Assert.True(more.BytesOf(kind, null) <= less.BytesOf(kind, null));
        }
    }

    [Property]
    public void No_device_of_several_has_more_weights_than_one_alone(PositiveInt model, PositiveInt gpus)
    {
        var settings = new LlamaCppSettings { ContextLength = 4096, Slots = 1 };
        var count = 1 + (gpus.Get % 8);
        var alone = Of(model, settings).BytesOf(LlamaCppBufferKind.Model, 0);
        var spread = Of(model, settings with { DeviceCount = count });

        Assert.All(Enumerable.Range(0, count), gpu => Assert.True(spread.BytesOf(LlamaCppBufferKind.Model, gpu) <= alone));
    }

    [Property]
    public void Every_buffer_has_bytes_on_a_device_that_is_there(PositiveInt model, PositiveInt gpus, PositiveInt layers, bool flash, bool offload)
    {
        var count = gpus.Get % 4;
        var memory = Of(model, Settings(gpus, flash) with { DeviceCount = count, GpuLayers = layers.Get % 60, OpOffload = offload });

        Assert.All(memory.Buffers, buffer => Assert.True(buffer.Bytes > 0 && (buffer.Gpu ?? 0) <= Math.Max(0, count - 1)));
        Assert.All(memory.Assumptions, assumption => Assert.EndsWith(".", assumption, StringComparison.Ordinal));
    }

    private static LlamaCppSettings Settings(PositiveInt tokens, bool flash)
    {
        return new LlamaCppSettings
        {
            ContextLength = 1 + (tokens.Get * 997L % 100_000),
            Slots = 1,
            FlashAttention = flash ? FlashAttentionMode.On : FlashAttentionMode.Off,
        };
    }

    private static LlamaCppMemory Of(PositiveInt model, LlamaCppSettings settings)
    {
        return LlamaCppMemory.Of(Models[model.Get % Models.Length], settings);
    }

    private static void AssertNotLess(PositiveInt model, LlamaCppSettings less, LlamaCppSettings more)
    {
        Assert.True(Total(Of(model, less)) <= Total(Of(model, more)));
    }

    private static long Total(LlamaCppMemory memory)
    {
        return memory.HostBytes + memory.GpuBytes;
    }

    private static long Caches(LlamaCppMemory memory)
    {
        return memory.BytesOf(LlamaCppBufferKind.KvCache, null) + memory.BytesOf(LlamaCppBufferKind.SlidingKvCache, null);
    }
}
