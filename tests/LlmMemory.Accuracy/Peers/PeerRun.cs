namespace LlmMemory.Accuracy.Peers;

/// <summary>What estimators of training ask of a run.</summary>
/// <param name="MicroBatch">The samples of a pass.</param>
/// <param name="Sequence">The tokens of a sample.</param>
/// <param name="Recomputes">True where layers are computed again.</param>
/// <param name="Zero">The stage of ZeRO that is nearest to the sharding.</param>
/// <param name="DataParallel">The ranks that train on different samples.</param>
/// <param name="TensorParallel">The ranks that each layer is split over.</param>
/// <param name="ExpertParallel">The ranks that experts are spread over.</param>
/// <param name="WeightBytes">Bytes of a weight as it is computed with.</param>
/// <param name="GradientBytes">Bytes of a gradient.</param>
internal sealed record PeerRun(
    int MicroBatch,
    long Sequence,
    bool Recomputes,
    int Zero,
    int DataParallel,
    int TensorParallel,
    int ExpertParallel,
    int WeightBytes,
    int GradientBytes);
