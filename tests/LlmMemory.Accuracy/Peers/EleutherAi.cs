namespace LlmMemory.Accuracy.Peers;

/// <summary>
/// EleutherAI's calculator, EleutherAI/cookbook calc/calc_transformer_mem.py @069ae2e (calc_mem), with the options that
/// describe the run: heads of keys, matrices of the network and bytes of a gradient as they are. It counts an embedding
/// and a head always, a learned position for each token of the sample, and twelve bytes for the optimizer.
/// </summary>
internal static class EleutherAi
{
    private const double AllgatherBucket = 5e8;

    private const double LiveParameters = 1e9;

    /// <summary>What one GPU holds.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="run">The run.</param>
    public static double Bytes(PeerShape shape, PeerRun run)
    {
        var network = (double)shape.Matrices * shape.Layers * shape.Hidden * shape.Intermediate;
        var others = (2d * shape.Vocabulary * shape.Hidden) + (shape.Hidden * run.Sequence) + (8d * shape.Hidden * shape.Layers) + (2 * shape.Hidden)
            + (2 * (1 + ((double)shape.KeyValueHeads / shape.Heads)) * shape.Layers * shape.Hidden * shape.Hidden);
        var parameters = others + (shape.Experts == 0 ? network : (double)shape.Experts / run.ExpertParallel * network);
        var gpus = run.DataParallel * run.TensorParallel;
        var weights = parameters * run.WeightBytes / run.TensorParallel / (run.Zero == 3 ? gpus : 1);
        var gradients = parameters * run.GradientBytes / (run.Zero >= 2 ? gpus : 1);
        var optimizer = parameters * 12 / (run.Zero >= 1 ? gpus : 1);
        return weights + gradients + optimizer + Buffers(run, gpus) + Activations(shape, run);
    }

    private static double Buffers(PeerRun run, int gpus)
    {
        return gpus == 1 ? 0 : run.WeightBytes * ((run.Zero >= 1 ? AllgatherBucket : 0) + (run.Zero == 3 ? LiveParameters : 0));
    }

    private static double Activations(PeerShape shape, PeerRun run)
    {
        var scores = run.Recomputes ? 0 : 5d * shape.Heads * run.Sequence / shape.Hidden;
        return (double)run.Sequence * run.MicroBatch * shape.Hidden * shape.Layers * (34 + scores);
    }
}
