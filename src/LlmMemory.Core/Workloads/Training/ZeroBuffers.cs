namespace LlmMemory.Workloads.Training;

/// <summary>
/// The buffers of DeepSpeed's ZeRO, in weights, as its configuration names them; DeepSpeed's own defaults where nothing is
/// said (deepspeedai/DeepSpeed deepspeed/runtime/zero/config.py).
/// </summary>
public sealed record ZeroBuffers
{
    /// <summary>reduce_bucket_size: the gradients that ranks exchange at once; 5e8 when null.</summary>
    public long? ReduceBucketSize { get; init; }

    /// <summary>stage3_prefetch_bucket_size: the weights that are gathered ahead; 5e7 when null.</summary>
    public long? PrefetchBucketSize { get; init; }

    /// <summary>stage3_max_reuse_distance: weights that are used again within as many stay gathered; 1e9 when null.</summary>
    public long? MaxReuseDistance { get; init; }

    /// <summary>overlap_comm: two buckets instead of one in stages 1 and 2; on in stage 3 alone when null.</summary>
    public bool? OverlapsCommunication { get; init; }

    /// <summary>contiguous_gradients: gradients are copied into the bucket; on when null.</summary>
    public bool? HasContiguousGradients { get; init; }

    /// <summary>
    /// True where the sizes that are not said follow from the model's hidden size: auto, filled in by transformers
    /// (src/transformers/integrations/deepspeed.py, trainer_config_finalize).
    /// </summary>
    public bool FollowsHiddenSize { get; init; }
}
