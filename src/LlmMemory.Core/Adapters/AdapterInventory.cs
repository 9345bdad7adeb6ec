using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LlmMemory.Naming;

namespace LlmMemory.Adapters;

/// <summary>Every tensor that an adapter brings, and the figures that PEFT prints about it.</summary>
public sealed class AdapterInventory
{
    internal AdapterInventory(AdapterMethod method, IList<AdapterTensor> tensors, long baseParameters)
    {
        MethodKind = method;
        Tensors = new DetailList<AdapterTensor>(tensors);
        BaseParameters = baseParameters;
        TrainableParameters = Sum(tensor => tensor.Use == AdapterTensorUse.Trained, tensor => tensor.Parameters);
        FrozenParameters = Sum(tensor => tensor.Use == AdapterTensorUse.Frozen, tensor => tensor.Parameters);
        Bytes = Sum(_ => true, tensor => tensor.Bytes);
        TotalParameters = checked(baseParameters + TrainableParameters + FrozenParameters);
    }

    /// <summary>The method, one of <see cref="AdapterMethod.All"/>.</summary>
    public string Method => MethodKind.Name;

    /// <summary>The rank for all modules without one of their own; null for methods without a rank.</summary>
    public int? Rank { get; internal init; }

    /// <summary>The names that modules were looked for by, PEFT's default where none were said.</summary>
    public DetailList<string> TargetModules { get; internal init; } = new([]);

    /// <summary>The modules that have an adapter, those of one name, length and rank together.</summary>
    public DetailList<AdapterTarget> Targets { get; internal init; } = new([]);

    /// <summary>Every tensor.</summary>
    public DetailList<AdapterTensor> Tensors { get; }

    /// <summary>Parameters that are trained: what PEFT prints as <c>trainable params</c>.</summary>
    public long TrainableParameters { get; }

    /// <summary>Parameters of the adapter that are not trained.</summary>
    public long FrozenParameters { get; }

    /// <summary>The base model's parameters, as PEFT counts them.</summary>
    public long BaseParameters { get; }

    /// <summary>Base model and adapter: what PEFT prints as <c>all params</c>.</summary>
    public long TotalParameters { get; }

    /// <summary>The trained share, 0 to 100: what PEFT prints as <c>trainable%</c> with four decimals.</summary>
    public double TrainablePercent => TotalParameters == 0 ? 0 : 100.0 * TrainableParameters / TotalParameters;

    /// <summary>The adapter's bytes in memory, frozen parts and buffers too.</summary>
    public long Bytes { get; }

    /// <summary>The bytes of what is trained.</summary>
    public long TrainableBytes => Sum(tensor => tensor.Use == AdapterTensorUse.Trained, tensor => tensor.Bytes);

    /// <summary>
    /// The bytes of adapter_model.safetensors, its header included. Where an embedding has an adapter, PEFT writes the
    /// embeddings of the base model into it too; that is not counted here, and said in <see cref="Notes"/>. Null where
    /// the header would be longer than safetensors reads.
    /// </summary>
    public long? CheckpointBytes => AdapterCheckpoint.GetBytes(Tensors);

    /// <summary>What is easily missed: names that no module has, experts that stay as they are.</summary>
    public DetailList<string> Warnings { get; internal init; } = new([]);

    /// <summary>What was taken for granted.</summary>
    public DetailList<string> Notes { get; internal init; } = new([]);

    internal AdapterMethod MethodKind { get; }

    /// <summary>The line that PEFT's print_trainable_parameters writes.</summary>
    public override string ToString()
    {
        return string.Format(
            CultureInfo.InvariantCulture,
            "trainable params: {0:N0} || all params: {1:N0} || trainable%: {2:F4}",
            TrainableParameters,
            TotalParameters,
            TrainablePercent);
    }

    internal long Sum(Func<AdapterTensor, bool> wanted, Func<AdapterTensor, long> figure)
    {
        return Tensors.Where(wanted).Aggregate(0L, (sum, tensor) => checked(sum + figure(tensor)));
    }
}
