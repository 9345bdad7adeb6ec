using LlmMemory.Models.Blocks;
using LlmMemory.Workloads.Training;

namespace LlmMemory.Estimation.Training.Megatron.Activations;

/// <summary>
/// What attention keeps. Source: Korthikanti and others, arXiv:2205.05198, section 4.1, which adds up to 34 bytes for
/// each token and hidden element of a GPT layer with the network; NVIDIA/TransformerEngine
/// transformer_engine/pytorch/attention.
/// </summary>
internal sealed class AttentionKept(MegatronPlan plan, KeptList kept)
{
    private const string Paper = "Korthikanti et al., arXiv:2205.05198, section 4.1";

    private const string Kernels = "NVIDIA/TransformerEngine transformer_engine/pytorch/attention/dot_product_attention";

    private const string Latent = "NVIDIA/Megatron-LM megatron/core/transformer/multi_latent_attention.py";

    private readonly int _element = plan.ElementBytes;

    /// <summary>Adds what an attention keeps, from its normalisation to the dropout after it.</summary>
    public void Add(TokenMixer mixer)
    {
        NormKept.Add(plan, kept, "attention");
        if (mixer is LatentAttention latent)
        {
            AddLatent(latent);
        }
        else if (mixer is GroupedQueryAttention grouped)
        {
            AddGrouped(grouped);
        }

        kept.AddIf(plan.HasDropout, "Dropout mask after attention", (decimal)plan.Hidden / plan.SequenceShare, Paper);
    }

    private void AddGrouped(GroupedQueryAttention attention)
    {
        var (query, key, value) = (
            (decimal)attention.Heads * attention.HeadSize, (decimal)attention.KeyValueHeads * attention.HeadSize, (decimal)attention.KeyValueHeads * (attention.ValueHeadSize ?? attention.HeadSize));
        var output = (decimal)attention.Heads * (attention.ValueHeadSize ?? attention.HeadSize);
        kept.Add("Queries, keys, values", _element * (query + key + value) / plan.Tensor, Paper);
        kept.AddIf(plan.HasRotary, "Rotated queries and keys", _element * (query + key) / plan.Tensor, "NVIDIA/Megatron-LM megatron/core/models/common/embeddings/rope_utils.py");
        kept.Add("Input of the output projection", _element * output / plan.Tensor, Paper);
        AddCore(attention.Heads, output);
    }

    // Structural; no measured run without 8-bit matrices has latent attention.
    private void AddLatent(LatentAttention attention)
    {
        var key = attention.QkNopeHeadSize + attention.QkRopeHeadSize;
        var up = (decimal)attention.Heads * (attention.QkNopeHeadSize + attention.ValueHeadSize) / plan.Tensor;
        var keys = (decimal)attention.Heads * key / plan.Tensor;
        var output = (decimal)attention.Heads * attention.ValueHeadSize;
        var latents = (2m * (attention.QueryLoraRank ?? 0)) + (2m * attention.KeyValueLoraRank) + attention.QkRopeHeadSize;
        kept.Add("Latents and their normalisation", _element * latents / plan.SequenceShare, Latent);
        if (!plan.Recomputes(RecomputeModule.LatentUp))
        {
            kept.Add("Queries, and keys and values from the latent", _element * (keys + up), Latent);
        }

        kept.Add("Queries and keys with positions", 2 * _element * keys, Latent);
        kept.Add("Input of the output projection", _element * output / plan.Tensor, Latent);
        kept.Add("Output of attention", _element * output / plan.Tensor, Latent);
        AddCore(attention.Heads, output);
    }

    private void AddCore(int heads, decimal output)
    {
        if (plan.WritesScores)
        {
            var bytes = (plan.HasDropout ? (2 * _element) + 1 : _element) * (decimal)heads / plan.Tensor * plan.Run.SequenceLength!.Value / plan.Context;
            kept.AddIf(!plan.Recomputes(RecomputeModule.CoreAttention), "Probabilities of attention, and their dropout", bytes, Paper);
            return;
        }

        kept.Add("Log-sum-exp of attention", 4m * heads / plan.Tensor, Kernels);
        kept.AddIf(CopiesOutput, "Second layout of attention's output", _element * output / plan.Tensor, "fitted on goldens: docs/training.md#megatron");
    }

    // cuDNN on Hopper writes what the projection reads; the others, and context parallelism, transpose.
    private bool CopiesOutput => plan.Context > 1 || plan.Run.AttentionKernel == AttentionKernel.Flash || plan.Run.GpuGeneration != GpuGeneration.Hopper;
}
